// Counts the distinct quads of RDF files: Turtle, TriG, N-Triples, N-Quads by n3, JSON-LD by jsonld.
// NODE_PATH=.../node_modules node read_with_n3.js FILE...
const fs = require('fs');
const n3 = require('n3');
const jsonld = require('jsonld');

const formats = {ttl: 'text/turtle', trig: 'application/trig', nt: 'N-Triples', nq: 'N-Quads'};

async function quads(file) {
  const text = fs.readFileSync(file, 'utf8');
  const ending = file.split('.').pop();
  if (ending === 'jsonld') {
    const lines = await jsonld.toRDF(JSON.parse(text), {format: 'application/n-quads'});
    return new n3.Parser({format: 'N-Quads'}).parse(lines);
  }
  return new n3.Parser({format: formats[ending]}).parse(text);
}

(async () => {
  for (const file of process.argv.slice(2)) {
    const store = new n3.Store(await quads(file));
    console.log(store.size);
  }
})();
