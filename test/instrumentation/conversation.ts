import type { Session } from '@google/genai';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { LiveServerSimulator, type Script, type SimulatedSession } from '../../src/testing/index.ts';
import { type Application, type ApplicationOptions, hello, runApplication, tools } from './application.ts';
import { expectSoundTrace, named } from './expect-trace.ts';
import { type Recording, type RecordingOptions, startRecording } from './recording.ts';

export interface ConversationOptions extends ApplicationOptions {
  /** Default 50: a protocol second takes 20 ms. */
  readonly timeScale?: number;
  readonly recorded?: RecordingOptions;
}

export interface Conversation {
  readonly recording: Recording;
  readonly simulator: LiveServerSimulator;
  readonly app: Application;
  /** Waits for the end of the session; its trace has been checked for what holds of any. */
  end(): Promise<{
    readonly spans: readonly ReadableSpan[];
    readonly closure: ReadableSpan;
    readonly turns: readonly ReadableSpan[];
    readonly simulated: SimulatedSession | undefined;
  }>;
}

/** A recording, a simulator that plays the script and an application that connects to it. */
export async function connect(script: Script, options: ConversationOptions = {}): Promise<Conversation> {
  const { timeScale = 50, recorded, ...application } = options;
  const recording = await startRecording(recorded);
  const simulator = await LiveServerSimulator.start({ script, timeScale });
  const app = runApplication(recording.sdk, simulator.url, application);
  return {
    recording,
    simulator,
    app,
    end: async () => {
      await app.closed;
      const simulated = simulator.sessions[0];
      await simulated?.closed;
      await simulator.close();
      const spans = await recording.spans();
      expectSoundTrace(spans);
      const turns = named(spans, 'realtime_inference');
      return { spans, closure: await recording.span('live_closure'), turns, simulated };
    },
  };
}

/** The same with an application that has tools and has said hello. */
export async function talk(
  script: Script,
  options: ConversationOptions = {},
): Promise<Conversation & { readonly session: Session }> {
  const conversation = await connect(script, { config: { tools }, ...options });
  const session = await conversation.app.connected;
  session.sendClientContent(hello);
  return { ...conversation, session };
}
