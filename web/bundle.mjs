// Makes the page without a scenario: one file that holds its scripts, its styles and the engine.
//
//   node bundle.mjs <engine.wasm> <template.html>
import { build } from "esbuild";
import { readFileSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const [engine, template] = process.argv.slice(2);
if (!template) throw new Error("usage: node bundle.mjs <engine.wasm> <template.html>");
const here = dirname(fileURLToPath(import.meta.url));
const read = (path) => readFileSync(join(here, path), "utf8");

async function script(entry, define = {}) {
  const options = { bundle: true, minify: true, write: false, format: "iife", target: "es2022", legalComments: "none" };
  const { outputFiles } = await build({ ...options, entryPoints: [join(here, entry)], define });
  // The end of a script element within a text would end the script.
  return outputFiles[0].text.trim().replaceAll("</script", "<\\/script");
}

/** What a page needs of the packages that it holds: their licenses. */
const license = read("node_modules/uplot/LICENSE").trim();
const worker = await script("page/worker.ts");
const page = await script("page/main.ts", { WORKER: JSON.stringify(worker) });
const styles = `${read("node_modules/uplot/dist/uPlot.min.css")}\n${read("page/page.css")}`;
const wasm = readFileSync(engine);
const bytes = gzipSync(wasm, { level: 9 }).toString("base64");

/** The mark of the program that the engine belongs to, which it tells itself. */
async function mark() {
  const { instance } = await WebAssembly.instantiate(wasm);
  const { memory, input, call, output } = instance.exports;
  const request = new TextEncoder().encode(JSON.stringify({ do: "program" }));
  // Room for the request can move the memory.
  const address = input(request.length);
  new Uint8Array(memory.buffer, address, request.length).set(request);
  const length = call();
  return JSON.parse(new TextDecoder().decode(new Uint8Array(memory.buffer, output(), length))).mark;
}

const parts = { mark: await mark(), styles, license, engine: bytes, script: page };
const filled = read("page/page.html").replace(/\{\{(\w+)\}\}/g, (_, name) => parts[name]);
writeFileSync(template, filled);
console.log(`${template}: ${Math.round(filled.length / 1024)} kB, of which the engine ${Math.round(bytes.length / 1024)}`);
