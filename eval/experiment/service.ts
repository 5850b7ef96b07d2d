/** A scripted service in virtual time, that ends sessions for what is planted and for nothing else. */
import type { MainHypothesis } from '../../src/conventions/vocabulary.ts';
import type { Draws } from '../scorecard/world/draws.ts';
import type { VirtualLoop } from '../scorecard/world/loop.ts';
import type { MemorySocket, Peer } from '../scorecard/world/socket.ts';

export interface World {
  /** The chance with which each ends a session that does it. */
  readonly planted: Readonly<Partial<Record<MainHypothesis, number>>>;
  /** Chance that a turn ends its session for no reason, by virtual seconds. */
  readonly background: (seconds: number) => number;
}

const largeBytes = 8_000;
const silenceMs = 126_000;
/** Connects within a minute that use up the quota. */
const quota = 10;
export const faultyModel = 'gemini-faulty';

/** Over all sessions of a service. */
export class Service {
  readonly loop: VirtualLoop;
  readonly draws: Draws;
  readonly world: World;
  readonly #connects: number[] = [];

  constructor(loop: VirtualLoop, draws: Draws, world: World) {
    this.loop = loop;
    this.draws = draws;
    this.world = world;
  }

  readonly accept = (socket: MemorySocket): Peer => {
    const now = this.loop.now();
    this.#connects.push(now);
    while ((this.#connects[0] ?? now) < now - 60_000) this.#connects.shift();
    return new ServiceSession(this, socket, this.#connects.length > quota);
  };

  strikes(what: MainHypothesis): boolean {
    const chance = this.world.planted[what];
    return chance !== undefined && this.draws.chance(chance);
  }
}

class ServiceSession implements Peer {
  readonly #service: Service;
  readonly #socket: MemorySocket;
  readonly #overQuota: boolean;
  readonly #cancelled = new Set<string>();
  #pending: string | undefined;
  #calls = 0;
  #model = '';
  #heardAt: number;
  #wasHeardPending = false;
  #over = false;

  constructor(service: Service, socket: MemorySocket, overQuota: boolean) {
    this.#service = service;
    this.#socket = socket;
    this.#overQuota = overQuota;
    this.#heardAt = service.loop.now();
    if (service.world.planted.connection !== undefined) this.#watchLine();
  }

  receive(text: string): void {
    if (this.#over) return;
    this.#heardAt = this.#service.loop.now();
    const message = JSON.parse(text);
    if (message.setup) this.#setUp(message.setup.model);
    else if (message.realtimeInput?.text !== undefined) this.#turn();
    else if (message.realtimeInput) this.#hear();
    else if (message.toolResponse) this.#answered(text, message.toolResponse.functionResponses[0].id);
  }

  left(): void {
    this.#over = true;
  }

  #setUp(model: string): void {
    this.#model = model;
    this.#after(100, () => {
      if (this.#overQuota && this.#service.strikes('rate_limit'))
        this.#end(1011, 'Resource has been exhausted.');
      else this.#send({ setupComplete: {} });
    });
  }

  #turn(): void {
    const { loop, draws, world } = this.#service;
    if (draws.chance(world.background(loop.now() / 1_000))) {
      this.#endSoon();
      return;
    }
    if (this.#model.includes(faultyModel) && this.#service.strikes('internal_error')) {
      this.#endSoon();
      return;
    }
    if (this.#pending !== undefined) {
      this.#cancelled.add(this.#pending);
      this.#send({ toolCallCancellation: { ids: [this.#pending] } });
      this.#send({ serverContent: { interrupted: true } });
      this.#send({ serverContent: { turnComplete: true } });
      this.#pending = undefined;
      this.#after(4_000, () => this.#speak());
      return;
    }
    this.#after(600, () => {
      this.#calls += 1;
      this.#pending = `call-${this.#calls}`;
      this.#wasHeardPending = false;
      this.#send({ toolCall: { functionCalls: [{ id: this.#pending, name: 'look_up', args: {} }] } });
    });
  }

  #hear(): void {
    if (this.#pending === undefined || this.#wasHeardPending) return;
    this.#wasHeardPending = true;
    if (this.#service.strikes('concurrency')) this.#endSoon();
  }

  #answered(text: string, id: string): void {
    const service = this.#service;
    if (this.#cancelled.has(id)) {
      if (service.strikes('tool_call_id')) this.#endSoon();
      return;
    }
    this.#pending = undefined;
    const isLarge = Buffer.byteLength(text) >= largeBytes;
    if (isLarge && service.strikes('payload_size')) {
      this.#endSoon();
      return;
    }
    if (/[^\x20-\x7e]/.test(text) && service.strikes('encoding')) {
      this.#endSoon();
      return;
    }
    this.#after(800, () => this.#speak());
  }

  #speak(): void {
    this.#send({ serverContent: { generationComplete: true } });
    this.#send({
      serverContent: { turnComplete: true },
      usageMetadata: { promptTokenCount: 900, responseTokenCount: 90 },
    });
  }

  #watchLine(): void {
    this.#after(1_000, () => {
      if (this.#service.loop.now() - this.#heardAt < silenceMs) {
        this.#watchLine();
        return;
      }
      if (!this.#service.strikes('connection')) return;
      this.#over = true;
      this.#socket.drop(() => {});
    });
  }

  #endSoon(): void {
    this.#after(150, () => this.#end(1011, 'Internal error occurred.'));
  }

  #end(code: number, reason: string): void {
    if (this.#over) return;
    this.#over = true;
    this.#socket.end(code, reason, () => {});
  }

  #after(ms: number, action: () => void): void {
    this.#service.loop.after(ms, () => {
      if (!this.#over) action();
    });
  }

  #send(message: object): void {
    this.#socket.deliver(JSON.stringify(message), true);
  }
}
