# The same graph as records, for Graphviz and as GraphML, which is well-formed.
cd "$SOURCE"
lode run -q -f tsv scripts/graph.lua samples/pages
lode run -q -f dot scripts/graph.lua samples/pages
lode run -q -f graphml scripts/graph.lua samples/pages | python3 -c '
import sys, xml.etree.ElementTree as tree
graph = tree.fromstring(sys.stdin.buffer.read())
print(len(graph.findall(".//{*}node")), "nodes,", len(graph.findall(".//{*}edge")), "edges")'
