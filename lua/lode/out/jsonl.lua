--- JSON lines: records as they were emitted, one a line.

return { raw = true }
