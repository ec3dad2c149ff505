// Prism for one document, with a recorder in front of it: the received requests, Prism's messages about each, and the
// operation that each belongs to.
'use strict';

const http = require('node:http');
const path = require('node:path');
const { spawn } = require('node:child_process');
const { setTimeout: sleep } = require('node:timers/promises');

const STARTS_WITHIN = 120_000;
const ANSWERS_WITHIN = 60_000;
// Prism's log message once it has validated a request.
const JUDGED = /passed the validation rules|did not pass the validation rules|Request terminated/;

class Mock {
  // Takes the program of Prism, and the document that it reads.
  constructor(program, document, corpus) {
    const options = ['--require', path.join(__dirname, 'beside.js'), '--max-old-space-size=8192'];
    this.command = [...options, program, 'mock', '--errors', '--port', '0', document];
    this.corpus = corpus;
    this.exchanges = [];
  }

  // Waits for Prism and opens the recorder. Returns the reason if Prism cannot serve the document.
  async start() {
    const why = await this.launch();
    if (why) return why;
    // Prism lists its operations when it starts.
    this.serves = this.log.match(/ [A-Z]+ +http:\/\/127\.0\.0\.1/g)?.length ?? 0;
    this.recorder = http.createServer((request, response) => this.pass(request, response));
    await new Promise(resolve => this.recorder.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${this.recorder.address().port}`;
    return null;
  }

  async launch() {
    const { NODE_ENV, ...env } = process.env;
    this.log = '';
    this.ended = false;
    this.process = spawn(process.execPath, this.command, {
      env: { ...env, SDKGEN_CORPUS: this.corpus, NO_COLOR: '1', FORCE_COLOR: '0' },
    });
    this.process.on('close', () => (this.ended = true));
    // Prism may end before it has read anything.
    this.process.stdin.on('error', () => {});
    for (const stream of [this.process.stdout, this.process.stderr]) {
      stream.setEncoding('utf8').on('data', text => (this.log += text));
    }
    const listening = /Prism is listening on (http:\S+)/;
    for (const deadline = Date.now() + STARTS_WITHIN; !listening.test(this.log); await sleep(50)) {
      if (this.ended) return reasonIn(this.log);
      if (Date.now() > deadline) return `it does not start within ${STARTS_WITHIN / 1000} s`;
    }
    this.prism = new URL(listening.exec(this.log)[1]);
    return null;
  }

  stop() {
    this.process.kill('SIGKILL');
    this.recorder?.closeAllConnections();
    this.recorder?.close();
  }

  // Returns the requests since the last call.
  take() {
    return this.exchanges.splice(0);
  }

  async pass(request, response) {
    const body = await bytes(request);
    // The program's line about the previous request must be read before this request is recorded.
    await sleep(1);
    const exchange = { method: request.method, url: request.url, headers: request.rawHeaders, body };
    // Some requests end Prism, which must not affect the requests after them.
    if (this.ended) await this.launch();
    const start = this.log.length;
    const said = () => this.log.slice(start);
    const answer = await this.forward(exchange);
    // The log may arrive after the response, and the end of the process after a broken connection.
    const isTold = () => this.ended || (!answer.broken && JUDGED.test(said()));
    for (let left = 200; left > 0 && !isTold(); left -= 1) await sleep(5);
    if (this.ended) answer.body = Buffer.from(`it ended: ${reasonIn(said())}`);
    exchange.answer = { ...answer, log: said() };
    this.exchanges.push(exchange);
    response.writeHead(answer.status, answer.rawHeaders).end(answer.body);
  }

  forward({ method, url, headers, body }) {
    const { hostname: host, port } = this.prism;
    return new Promise(resolve => {
      const failed = why =>
        resolve({ status: 502, headers: {}, rawHeaders: [], body: Buffer.from(`${why}`), broken: true });
      const options = { host, port, method, path: url, headers, agent: false, timeout: ANSWERS_WITHIN };
      const request = http.request(options, async answer => {
        const { statusCode: status, headers, rawHeaders } = answer;
        resolve({ status, headers, rawHeaders, body: await bytes(answer) });
      });
      request.on('timeout', () => request.destroy(new Error('no answer in time')));
      request.on('error', failed).end(body);
    });
  }
}

async function bytes(stream) {
  const chunks = [];
  try {
    for await (const chunk of stream) chunks.push(chunk);
  } catch {
    // The log of a broken connection is complete.
  }
  return Buffer.concat(chunks);
}

// Returns why Prism ended: its message, without usage and stack.
function reasonIn(log) {
  const message = /^\s*(?:message: '|\S*Error: )(.*)/m.exec(log)?.[1] ?? log.trim().slice(-300);
  return message.replace(/' \+$|\\n/g, '').trim();
}

module.exports = { Mock };
