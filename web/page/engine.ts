// An instance of the engine: requests in JSON go in, bytes come out.

interface Exports {
  memory: WebAssembly.Memory;
  begin(): void;
  input(length: number): number;
  call(): number;
  add(): number;
  output(): number;
  panic_length(): number;
  panic_message(): number;
}

/** The engine broke off, which is a mistake of the program. */
export class Panic extends Error {}

export class Engine {
  private constructor(private readonly exports: Exports) {
    exports.begin();
  }

  static async start(module: WebAssembly.Module): Promise<Engine> {
    const instance = await WebAssembly.instantiate(module, {});
    return new Engine(instance.exports as unknown as Exports);
  }

  /** Carries out a request. */
  call(request: unknown): Uint8Array<ArrayBuffer> {
    return this.run(new TextEncoder().encode(JSON.stringify(request)), () => this.exports.call());
  }

  /** Adds a world that another instance simulated. */
  add(world: Uint8Array): Uint8Array<ArrayBuffer> {
    return this.run(world, () => this.exports.add());
  }

  private run(input: Uint8Array, work: () => number): Uint8Array<ArrayBuffer> {
    try {
      const address = this.exports.input(input.length);
      new Uint8Array(this.exports.memory.buffer, address, input.length).set(input);
      const length = work();
      return this.bytes(this.exports.output(), length);
    } catch (error) {
      const message = this.bytes(this.exports.panic_message(), this.exports.panic_length());
      throw new Panic(new TextDecoder().decode(message) || String(error));
    }
  }

  private bytes(address: number, length: number): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.exports.memory.buffer as ArrayBuffer, address, length).slice();
  }
}
