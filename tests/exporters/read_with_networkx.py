"""Prints the nodes and edges of a GraphML or GEXF file as networkx reads them: one line an attribute, values in hex."""
import sys

import networkx


def show(*fields):
    print("\t".join(fields[:-1]), str(fields[-1]).encode("utf-8").hex(), sep="\t")


path = sys.argv[1]
graph = networkx.read_gexf(path) if path.endswith(".gexf") else networkx.read_graphml(path)
show("graph", "directed", "", graph.is_directed())
for node, attributes in graph.nodes(data=True):
    show("node", node, "", "")
    for name, value in attributes.items():
        if name != "viz":
            show("node", node, name, value)
for source, target, attributes in graph.edges(data=True):
    edge = source + " " + target + " " + str(attributes.get("kind"))
    show("edge", edge, "", "")
    for name, value in attributes.items():
        show("edge", edge, name, value)
