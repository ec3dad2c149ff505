// Serves the requests of the program that the argument names, and prints its results.
const http = require("node:http");
const path = require("node:path");

const program = require(path.resolve(process.argv[2]));
let failures = 1;
let polls = 0;

const job = (id, status) => JSON.stringify({ id, status });

const answers = {
  "GET /jobs?owner=jane%20d&key=s3cret": (response) => {
    // The first request succeeds after a retry.
    response.writeHead(failures-- > 0 ? 503 : 200).end("[]");
  },
  "POST /jobs?key=s3cret": (response, body) => response.writeHead(201).end(body),
  "GET /jobs/gone?key=s3cret": (response) => response.writeHead(404).end("gone"),
  "GET /jobs/slow?key=s3cret": () => {},
  "GET /jobs/a/events?key=s3cret": (response) => {
    response.writeHead(200, { "content-type": "application/jsonl" });
    response.write(`${job("a", "first")}\n`);
    setTimeout(() => response.end(`${job("a", "second")}\n`), 20);
  },
  "GET /jobs/work?key=s3cret": (response) => response.end(job("work", ++polls < 3 ? "new" : "done")),
};

const server = http.createServer(async (request, response) => {
  let body = "";
  for await (const chunk of request) body += chunk;
  const answer = answers[`${request.method} ${request.url}`];
  if (answer) answer(response, body);
  else response.writeHead(500).end(`${request.method} ${request.url} is not expected`);
});

server.listen(0, "127.0.0.1", async () => {
  const told = await program.run(`http://127.0.0.1:${server.address().port}`);
  console.log(told);
  process.exit(0);
});
