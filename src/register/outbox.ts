import type { Agent } from 'node:http';
import { type Context, context } from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';
import { type OtlpRequest, type PostResult, post } from './post.ts';

/** OTLP messages that have not been delivered yet. Sending keeps no process alive. */
export interface Outbox {
  /** Sends in the background, with retries; on hold, only keeps it. */
  send(request: OtlpRequest): void;
  /** From now on nothing is sent. */
  hold(): void;
  /** Hands out, and forgets, everything that is not known to be delivered; ends the hold. */
  takeAll(): readonly OtlpRequest[];
  /** Settles when nothing is left. Holds no event loop. */
  idle(): Promise<void>;
}

/**
 * What may wait for delivery, so that a silent receiver costs bounded memory; more is dropped. Bytes and not messages: each
 * unexpected closure is a message of its own, and many of them come in the seconds that a collector takes to restart.
 */
const maxPendingMib = 16;
/** More wait for one of these. */
const maxConnections = 16;
const firstBackoffMs = 1_000;
const backoffFactor = 1.5;
const maxBackoffMs = 5_000;

const load = process.getBuiltinModule;

/** @param warn takes a sentence about a message that is lost. */
export function createOutbox(warn: (sentence: string) => void): Outbox {
  const agents = new Map<string, Agent>();
  const pending = new Map<OtlpRequest, AbortController>();
  const waiting: (() => void)[] = [];
  let pendingBytes = 0;
  let held = false;

  const forget = (request: OtlpRequest): void => {
    if (pending.delete(request)) pendingBytes -= request.body.byteLength;
    if (pending.size === 0) for (const resolve of waiting.splice(0)) resolve();
  };

  const agentFor = (url: string): Agent => {
    const id = url.startsWith('https:') ? 'node:https' : 'node:http';
    const { Agent } = load(id) as typeof import('node:http');
    const agent = agents.get(id) ?? new Agent({ keepAlive: true, maxSockets: maxConnections });
    agents.set(id, agent);
    return agent;
  };

  const deliver = async (
    request: OtlpRequest,
    controller: AbortController,
    quiet: Context,
  ): Promise<void> => {
    const deadline = Date.now() + request.timeoutMs;
    let backoffMs = firstBackoffMs;
    let result: PostResult;
    const options = { background: true, agent: agentFor(request.url), signal: controller.signal };
    for (;;) {
      const timeoutMs = deadline - Date.now();
      result = await context.with(quiet, () => post(load, request, { ...options, timeoutMs }));
      if (controller.signal.aborted) return;
      if (result.status !== 'retryable') break;
      const pauseMs = result.retryAfterMs ?? backoffMs * (0.8 + 0.4 * Math.random());
      if (Date.now() + pauseMs >= deadline) break;
      await pause(pauseMs);
      if (controller.signal.aborted) return;
      backoffMs = Math.min(backoffMs * backoffFactor, maxBackoffMs);
    }
    if (result.status !== 'delivered') {
      warn(`Telemetry could not be sent to ${withoutSecrets(request.url)}: ${result.reason}; it is lost.`);
    }
    forget(request);
  };

  return {
    send(request) {
      const { byteLength } = request.body;
      const full = pending.size > 0 && pendingBytes + byteLength > maxPendingMib * 2 ** 20;
      if (!held && full) {
        warn(
          `More than ${maxPendingMib} MiB wait for ${withoutSecrets(request.url)}; telemetry is dropped until it answers.`,
        );
        return;
      }
      const controller = new AbortController();
      pending.set(request, controller);
      pendingBytes += byteLength;
      if (!held) void deliver(request, controller, suppressTracing(context.active()));
    },
    hold() {
      held = true;
    },
    takeAll() {
      const requests = [...pending.keys()];
      // The receiver sees a request that was cut off rather than two whole ones.
      for (const controller of pending.values()) controller.abort();
      for (const request of requests) forget(request);
      held = false;
      return requests;
    },
    idle() {
      return pending.size === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve));
    },
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}

/** An address may carry a user name, a password or a key. */
export function withoutSecrets(url: string): string {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname}`;
}
