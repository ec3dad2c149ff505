// Runs sdkgen outside of the page's thread: a large document takes seconds.
"use strict";

let module = null;

/** Compiles the module once. A new instance is cheap. */
async function compiled() {
  module ??= WebAssembly.compile(await (await fetched()).arrayBuffer());
  return module;
}

async function fetched() {
  const response = await fetch("playground.wasm");
  if (!response.ok) throw new Error(`playground.wasm: ${response.status} ${response.statusText}`);
  return response;
}

let instance = null;

/** Sends a request to the module, and returns its response. */
async function respond(request) {
  instance ??= await WebAssembly.instantiate(await compiled(), {});
  const { allocate, run, release, memory } = instance.exports;
  const bytes = new TextEncoder().encode(JSON.stringify(request));
  const start = allocate(bytes.length) >>> 0;
  new Uint8Array(memory.buffer, start, bytes.length).set(bytes);
  const result = run(start, bytes.length) >>> 0;
  const length = new DataView(memory.buffer).getUint32(result, true);
  const text = new TextDecoder().decode(new Uint8Array(memory.buffer, result + 4, length));
  release(result);
  return JSON.parse(text);
}

onmessage = async ({ data: { id, request } }) => {
  const begin = performance.now();
  let response;
  try {
    response = await respond(request);
  } catch (fault) {
    // After a trap, the memory of the instance cannot be trusted.
    instance = null;
    response = { fault: `sdkgen stopped: ${fault.message}` };
  }
  postMessage({ id, response, milliseconds: performance.now() - begin });
};

// Tells the page when the module is there.
compiled().then(
  () => postMessage({ id: 0, response: {} }),
  (fault) => postMessage({ id: 0, response: { fault: `cannot load sdkgen: ${fault.message}` } }),
);
