--- The field `show` of each record, a line each.
return { row = function(record) return record.show .. "\n" end }
