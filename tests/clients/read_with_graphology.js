// Reads GraphML and GEXF files with the parsers of Gephi Lite: prints "nodes edges labelled" for each.
// NODE_PATH=.../node_modules node read_with_graphology.js FILE...
const fs = require('fs');
const graphology = require('graphology');
const gexf = require('graphology-gexf');
const graphml = require('graphology-graphml');
const {DOMParser} = require('@xmldom/xmldom');
global.DOMParser = DOMParser;

for (const file of process.argv.slice(2)) {
  const text = fs.readFileSync(file, 'utf8');
  const parse = file.endsWith('.gexf') ? gexf.parse : graphml.parse;
  const graph = parse(graphology, text, {allowUndeclaredAttributes: false});
  let labelled = 0;
  graph.forEachNode((_, attributes) => { if (attributes.label) ++labelled; });
  console.log(graph.order, graph.size, labelled);
}
