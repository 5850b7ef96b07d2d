import { reportFailure } from './guard.ts';
import type { LiveClosure, LiveStall } from './live-closure.ts';
import { type Listener, shared } from './shared.ts';

/** Ends the listening. */
export type Unsubscribe = () => void;

/**
 * Calls `listener` for every session of the process that ends from now on, expectedly or not, once and after it was
 * recorded: whatever started the recording (`live-otel/register` or a `LiveInstrumentation`), and whichever copy of
 * this package it came from. The application's own `onclose` has run by then, except where the process is ending.
 * What the listener throws or rejects with is logged through `diag` and goes no further.
 */
export function onClosure(listener: Listener<LiveClosure>): Unsubscribe {
  return subscribe(shared.closureListeners, listener);
}

/**
 * Calls `listener` once for every silence of an open session that lasts too long, as it is found: a setup, a tool
 * call, a tool response or a user's turn that nothing follows. Otherwise as {@link onClosure}.
 */
export function onStall(listener: Listener<LiveStall>): Unsubscribe {
  return subscribe(shared.stallListeners, listener);
}

function subscribe<Told>(listeners: Set<Listener<Told>>, listener: Listener<Told>): Unsubscribe {
  // A function given twice is two listeners, each with an end of its own.
  const own: Listener<Told> = (told) => listener(told);
  listeners.add(own);
  return () => {
    listeners.delete(own);
  };
}

/** Tells every listener, whatever the others do. */
export function tell<Told>(listeners: Iterable<Listener<Told>>, told: Told): void {
  for (const listener of [...listeners]) {
    try {
      // An async listener rejects where another one throws.
      Promise.resolve(listener(told)).catch(failed);
    } catch (error) {
      failed(error);
    }
  }
}

function failed(error: unknown): void {
  reportFailure('a listener of the application', error);
}
