import { diag } from '@opentelemetry/api';
import { isSupportedSdk, supported } from '../../conventions/support.ts';
import { guarded } from '../guard.ts';
import { addPatch } from '../patches.ts';
import { shared } from '../shared.ts';
import { type ConnectFunction, isLiveClass, type LiveClass, type LiveClient } from './live-class.ts';
import { watchConnect } from './watch-connect.ts';

/**
 * Puts the tap in front of `connect()` of `Live`, and of the class of its `music`. The classes, their other methods and
 * every session stay as they are, and so does the promise that `connect()` returns: not even a handler is added to it,
 * since that would hide an unhandled rejection from the application.
 */
export function patchLive(candidate: unknown, version: string | undefined): void {
  if (version !== undefined && !isSupportedSdk(version)) {
    diag.warn(
      `live-otel: @google/genai ${version} is not supported (${supported.sdk} is). Its sessions are not recorded.`,
    );
    return;
  }
  if (!isLiveClass(candidate)) {
    // A module that another instrumentation puts in the place of the SDK has none; the SDK below it was patched.
    if (candidate === undefined && [...shared.patches.keys()].some(isLiveClass)) return;
    diag.warn(
      'live-otel: this @google/genai has no class Live with a connect() method. Its sessions are not recorded.',
    );
    return;
  }
  patch(candidate, version, false);
  const music = guarded('looking for ai.live.music', () => musicClassOf(candidate));
  if (music !== undefined) patch(music, version, true);
}

function patch(live: LiveClass, version: string | undefined, music: boolean): void {
  const original = live.prototype.connect;
  const patched: ConnectFunction = { connect: watchedConnect(original, version, music) }.connect;
  Object.defineProperty(patched, 'name', { value: original.name, configurable: true });
  Object.defineProperty(patched, 'length', { value: original.length, configurable: true });
  const replace = (present: ConnectFunction, connect: ConnectFunction): void => {
    // Somebody may have put another one in front since.
    if (live.prototype.connect !== present) return;
    Object.defineProperty(live.prototype, 'connect', {
      ...Object.getOwnPropertyDescriptor(live.prototype, 'connect'),
      value: connect,
    });
  };
  addPatch(live, { apply: () => replace(original, patched), remove: () => replace(patched, original) });
}

/** Not exported by any version, and not there in the first ones. The constructor of `Live` does nothing but keep what it is given. */
function musicClassOf(live: LiveClass): LiveClass | undefined {
  const { music } = Reflect.construct(live as unknown as new () => { readonly music?: object }, []);
  return isLiveClass(music?.constructor) ? music.constructor : undefined;
}

function watchedConnect(
  original: ConnectFunction,
  sdkVersion: string | undefined,
  music: boolean,
): ConnectFunction {
  return function connect(this: LiveClient, ...args): Promise<unknown> {
    const open = shared.recorder?.open;
    const watch =
      open && guarded('watching connect()', () => watchConnect(this, args[0], { sdkVersion, music }, open));
    if (watch === undefined) return Reflect.apply(original, this, args);
    const promise = Reflect.apply(original, watch.receiver, args);
    watch.returned(promise);
    return promise;
  };
}
