// Replicates synthetic resources between two PouchDB databases over HTTP.
//
// serve FOLDER CONTENT: fills a database in the folder from a file with one resource in the import format on each line. Then serves it on
//     a free port of this machine, and prints the address.
// pull FOLDER URL: replicates the database at the address into a new one in the folder, and prints {"docs": number, "seconds": number}.
'use strict';

const fs = require('fs');
const readline = require('readline');
const PouchDB = require('pouchdb');

async function serve(folder, content) {
  const Local = PouchDB.defaults({ prefix: folder + '/' });
  const source = new Local('source');
  let batch = [];
  for await (const line of readline.createInterface({ input: fs.createReadStream(content) })) {
    const resource = JSON.parse(line);
    batch.push(Object.assign({ _id: resource.guid }, resource));
    if (batch.length === 500) {
      await source.bulkDocs(batch);
      batch = [];
    }
  }
  await source.bulkDocs(batch);
  const app = require('express-pouchdb')(Local, { mode: 'minimumForPouchDB', inMemoryConfig: true, logPath: folder + '/log.txt' });
  const server = app.listen(0, '127.0.0.1', () => console.log('Serving at http://127.0.0.1:' + server.address().port));
}

async function pull(folder, url) {
  const target = new PouchDB(folder + '/target');
  const start = process.hrtime.bigint();
  const result = await target.replicate.from(url, { batch_size: 500, batches_limit: 2 });
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  console.log(JSON.stringify({ docs: result.docs_written, seconds }));
}

const [command, folder, argument] = process.argv.slice(2);
(command === 'serve' ? serve : pull)(folder, argument).catch((error) => {
  console.error(error);
  process.exit(1);
});
