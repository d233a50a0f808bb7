# Values as people expect them, patterns on a text, statements that stay, lines that go on; mistakes cost a line.
lode repl 2>&1 <<'END'
1 + 2, "a\tb", nil
{ 1, 2, { x = "y", ["end"] = {} } }
lode.tokens "No dam."
name = cap - w "The"
:text The Mayor Leila Haddou said no. Lee said yes.
as("who", name ^ 1) * "said"
w "zebra"
function twice(x)
  return 2 * x
end
twice(21)
nmae ^ 1
local y = 3
y * 2
x = = 1
P[[ name{2} "said" ]]
print "hello"
:what
:quit
END
