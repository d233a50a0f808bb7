# start..end of a record are the bytes of its text in the file, but where the record says that they were repaired.
cd "$SOURCE/samples/pages"
lode run -q "$SOURCE/scripts/quotes.lua" *.txt >"$OLDPWD/records.jsonl"
python3 - "$OLDPWD/records.jsonl" <<'END'
import json, sys
same = 0
for line in open(sys.argv[1], encoding="utf-8"):
    r = json.loads(line)
    raw = open(r["page"], "rb").read()
    if "repaired" in r:
        continue
    assert raw[r["start"]:r["end"]] == r["text"].encode("utf-8"), r
    assert raw[:r["start"]].count(b"\n") + 1 == r["line"], r
    same += 1
print("checked" if same > 80 else "only %d records" % same)
END
