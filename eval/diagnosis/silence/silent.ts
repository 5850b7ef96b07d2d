import type { JsonObject } from '../../../src/testing/json.ts';
import type { Kind } from './healthy.ts';
import {
  answering,
  connect,
  m25,
  m25Untranscribed,
  m31,
  m31Vad,
  m38,
  type Served,
  thinking,
  translation,
  vertex25,
} from './models.ts';
import {
  bargesIn,
  chatter,
  functions,
  handleUpdate,
  inputTranscription,
  modelCalls,
  modelSays,
  sendsZeros,
  userSays,
} from './talk.ts';
import type { Wire } from './wire.ts';

/** Silences as users reported them, by kind: some minutes of talk, and then nothing comes of the model. */

function talk(wire: Wire, { hearing }: Served): void {
  for (let turns = wire.between(0, 4); turns > 0; turns--) {
    userSays(wire, hearing);
    modelSays(wire);
    wire.wait(wire.between(500, 8_000));
  }
}

/** Nothing comes but what says nothing of the model. */
function nothing(wire: Wire, ms = wire.between(35_000, 90_000)): void {
  chatter(wire, ms);
  wire.wait(ms);
}

/** The user asks for something that the model calls a tool for. Returns the message of its response. */
function asksForTool(wire: Wire, { hearing }: Served, call?: Parameters<typeof modelCalls>[1]) {
  userSays(wire, hearing);
  wire.wait(900);
  return modelCalls(wire, call);
}

/** The user asks again, and again. */
function asksAgain(wire: Wire, { hearing }: Served): void {
  const until = wire.now + wire.between(40_000, 90_000);
  while (wire.now < until) {
    wire.wait(wire.between(3_000, 12_000));
    userSays(wire, hearing, 1_200);
  }
  wire.wait(5_000);
}

const heard = (name: string, served: Served): Kind => ({
  name: `silence after speech, ${name}`,
  play: (wire) => {
    connect(wire, served);
    talk(wire, served);
    userSays(wire, served.hearing);
    wire.silence(() => (wire.chance(0.5) ? nothing(wire) : asksAgain(wire, served)));
  },
});

const afterSpeech: readonly Kind[] = [
  heard('3.1 without finished', m31),
  heard('3.1 with voice activity', m31Vad),
  heard('voice activity alone', { ...m31, hearing: { transcription: 'none', vad: true } }),
  heard('2.5 in pieces', m25),
  heard('2.5 with finished', { ...m25, hearing: { transcription: 'pieces', finished: true } }),
  heard('2.5 on Vertex', vertex25),
  {
    name: 'silence after the microphone was shut',
    play: (wire) => {
      const served = wire.pick([m25Untranscribed, { ...m31, hearing: { transcription: 'none' } }] as const);
      connect(wire, served);
      talk(wire, served);
      userSays(wire, served.hearing);
      wire.send({ realtimeInput: { audioStreamEnd: true } }, 80);
      wire.mute(120_000);
      wire.silence(() => nothing(wire));
    },
  },
  {
    name: 'silence after push to talk',
    play: (wire) => {
      const served = wire.pick([m31, m25, m25Untranscribed] as const);
      connect(wire, served, {
        setup: { realtimeInputConfig: { automaticActivityDetection: { disabled: true } } },
      });
      for (let turns = wire.between(0, 3); turns >= 0; turns--) {
        wire.send({ realtimeInput: { activityStart: {} } });
        userSays(wire, served.hearing);
        wire.send({ realtimeInput: { activityEnd: {} } });
        if (turns > 0) modelSays(wire);
      }
      wire.silence(() => nothing(wire));
    },
  },
  {
    name: 'silence after a barge-in that is transcribed',
    play: (wire) => {
      const served = wire.pick(answering);
      connect(wire, served);
      talk(wire, served);
      bargesIn(wire, served.hearing);
      wire.silence(() => nothing(wire));
    },
  },
  {
    name: 'silence after a barge-in that only the interruption shows',
    play: (wire) => {
      connect(wire, m25Untranscribed);
      talk(wire, m25Untranscribed);
      bargesIn(wire, m25Untranscribed.hearing);
      wire.silence(() => nothing(wire));
    },
  },
  {
    name: 'transcripts and never a turn',
    play: (wire) => {
      const served = wire.pick([m31, m25, vertex25]);
      connect(wire, served);
      wire.wait(1_000);
      wire.silence(() => {
        const until = wire.now + wire.between(60_000, 120_000);
        while (wire.now < until) {
          userSays(wire, served.hearing, wire.between(1_500, 4_000));
          wire.wait(wire.between(1_200, 3_500));
        }
      });
    },
  },
  {
    name: 'silence after a resumption',
    play: (wire) => {
      const served = wire.pick([m31, m25]);
      connect(wire, served, { setup: { sessionResumption: {} } });
      talk(wire, served);
      wire.receive(handleUpdate('h-1'));
      wire.wait(2_000);
      wire.close(1008, 'The operation was aborted.');
      wire.wait(400);
      connect(wire, served, { handle: 'h-1' });
      userSays(wire, served.hearing);
      wire.silence(() => asksAgain(wire, served));
    },
  },
  {
    name: 'a line that is dead',
    play: (wire) => {
      const served = wire.pick([...answering, m25Untranscribed, m38] as const);
      connect(wire, served);
      talk(wire, served);
      wire.silence(() => {
        const until = wire.now + wire.between(80_000, 150_000);
        while (wire.now < until) {
          userSays(wire, { transcription: 'none' }, wire.between(800, 4_000));
          wire.wait(wire.between(1_000, 7_000));
        }
      });
    },
  },
];

const afterInput: readonly Kind[] = [
  {
    name: 'silence after text',
    play: (wire) => {
      const served = wire.pick([m31, m25, m38, vertex25]);
      connect(wire, served);
      talk(wire, served);
      wire.send({ realtimeInput: { text: 'And then?' } });
      wire.silence(() => nothing(wire));
    },
  },
  {
    name: 'silence after client content',
    play: (wire) => {
      const served = wire.pick([m25, m38, vertex25]);
      connect(wire, served);
      wire.send({
        clientContent: {
          turns: [{ role: 'user', parts: [{ text: 'Greet the user.' }] }],
          turnComplete: true,
        },
      });
      wire.silence(() => nothing(wire));
    },
  },
  {
    name: 'silence after text, with thinking',
    play: (wire) => {
      connect(wire, thinking);
      wire.send({ realtimeInput: { text: 'Find me a flight.' } });
      wire.silence(() => nothing(wire, wire.between(50_000, 90_000)));
    },
  },
  {
    name: 'parts without anything in them',
    play: (wire) => {
      const served = wire.pick([m31, m25]);
      connect(wire, served);
      talk(wire, served);
      userSays(wire, served.hearing);
      wire.silence(() => {
        for (let at = 1_000; at < 30_000; at += 4_000) {
          const modelTurn = wire.pick<JsonObject>([
            { parts: [{ text: '' }] },
            {},
            { parts: [] },
            { parts: [{}] },
          ]);
          wire.receive({ serverContent: { modelTurn } }, at);
        }
        nothing(wire);
      });
    },
  },
  {
    name: 'a setup without an answer',
    play: (wire) => {
      const { model, setup } = wire.pick([m31, m25, m38]);
      wire.open({ model, ...(setup !== undefined && { setup }), unanswered: true });
      wire.silence(() => wire.wait(wire.between(30_000, 60_000)));
    },
  },
  {
    name: 'a translation of zeros',
    play: (wire) => {
      connect(wire, translation);
      userSays(wire, translation.hearing);
      wire.silence(() => {
        wire.background('speech', wire.between(10_000, 60_000));
        sendsZeros(wire, wire.between(35_000, 80_000));
      });
    },
  },
  {
    name: 'zeros of another model',
    play: (wire) => {
      const served = wire.pick([m31, m25]);
      connect(wire, served);
      talk(wire, served);
      userSays(wire, served.hearing);
      wire.silence(() => sendsZeros(wire, wire.between(35_000, 80_000)));
    },
  },
];

const afterTools: readonly Kind[] = [
  {
    name: 'a call that nobody answers',
    play: (wire) => {
      const served = wire.pick([m31, m25, vertex25]);
      connect(wire, served, { setup: functions(['look_up']) });
      talk(wire, served);
      asksForTool(wire, served);
      wire.silence(() => nothing(wire, wire.between(45_000, 90_000)));
    },
  },
  {
    name: 'a call in the parts of the turn that nobody answers',
    play: (wire) => {
      const served = wire.pick([m25, vertex25]);
      connect(wire, served, { setup: functions(['look_up']) });
      talk(wire, served);
      asksForTool(wire, served, { inParts: true });
      wire.silence(() => nothing(wire, wire.between(45_000, 90_000)));
    },
  },
  {
    name: 'a BLOCKING call on 3.8 that nobody answers',
    play: (wire) => {
      connect(wire, m38, { setup: functions(['look_up'], 'BLOCKING') });
      talk(wire, m38);
      asksForTool(wire, m38);
      wire.silence(() => nothing(wire, wire.between(45_000, 90_000)));
    },
  },
  {
    name: 'one of two calls that nobody answers',
    play: (wire) => {
      const served = wire.pick([m31, m25]);
      connect(wire, served, { setup: functions(['look_up', 'book']) });
      const respond = asksForTool(wire, served);
      modelCalls(wire, { name: 'book' });
      wire.wait(1_000);
      wire.send(respond());
      wire.silence(() => nothing(wire, wire.between(45_000, 90_000)));
    },
  },
  {
    name: 'silence after a tool response',
    play: (wire) => {
      const served = wire.pick([m31, m25, vertex25]);
      connect(wire, served, { setup: functions(['look_up']) });
      talk(wire, served);
      const respond = asksForTool(wire, served);
      wire.wait(2_000);
      wire.send(respond());
      wire.silence(() => nothing(wire));
    },
  },
  {
    name: 'silence after a response to a call in the parts of the turn',
    play: (wire) => {
      const served = wire.pick([m25, vertex25]);
      connect(wire, served, { setup: functions(['look_up']) });
      const respond = asksForTool(wire, served, { inParts: true });
      wire.wait(2_000);
      wire.send(respond());
      wire.silence(() => nothing(wire));
    },
  },
  {
    name: 'an interaction that stays in progress',
    play: (wire) => {
      connect(wire, thinking, wire.chance(0.5) ? { setup: functions(['look_up'], 'NON_BLOCKING') } : {});
      userSays(wire, thinking.hearing);
      modelSays(wire, { end: { interactionStatus: 'IN_PROGRESS' } });
      wire.silence(() => nothing(wire, wire.between(50_000, 90_000)));
    },
  },
  {
    name: 'an interaction that stays in progress behind its tools',
    play: (wire) => {
      connect(wire, thinking, { setup: functions(['look_up'], 'NON_BLOCKING') });
      userSays(wire, thinking.hearing);
      modelSays(wire, { end: { interactionStatus: 'IN_PROGRESS' } });
      wire.wait(8_000);
      const respond = modelCalls(wire);
      wire.wait(2_000);
      wire.send(respond());
      wire.silence(() => nothing(wire, wire.between(50_000, 90_000)));
    },
  },
  {
    name: 'a result that is lost over a reconnect',
    play: (wire) => {
      const served = wire.pick([m31, m25]);
      connect(wire, served, { setup: { sessionResumption: {}, ...functions(['look_up']) } });
      talk(wire, served);
      wire.receive(handleUpdate('h-1'));
      modelCalls(wire);
      wire.wait(1_500);
      wire.close(1008, 'The operation was aborted.');
      wire.wait(400);
      connect(wire, served, { handle: 'h-1', setup: functions(['look_up']) });
      wire.silence(() => nothing(wire, wire.between(30_000, 60_000)));
    },
  },
  {
    name: 'a cancelled call and nothing after it',
    play: (wire) => {
      connect(wire, m31, { setup: functions(['look_up']) });
      userSays(wire, m31.hearing);
      wire.wait(900);
      const id = `fc-${wire.random.hex(6)}`;
      modelCalls(wire, { id });
      wire.wait(2_000);
      userSays(wire, m31.hearing, 1_500);
      wire.receive({ toolCallCancellation: { ids: [id] } });
      wire.silence(() => nothing(wire));
    },
  },
  {
    name: 'silence after words that were only thought',
    play: (wire) => {
      const served = wire.pick([m31, m25]);
      connect(wire, served);
      talk(wire, served);
      userSays(wire, served.hearing);
      wire.receive(
        { serverContent: { modelTurn: { parts: [{ text: 'I should answer.', thought: true }] } } },
        800,
      );
      wire.silence(() => nothing(wire));
    },
  },
  {
    name: 'words of the user transcribed once more after the silence began',
    play: (wire) => {
      connect(wire, m31);
      talk(wire, m31);
      userSays(wire, m31.hearing);
      wire.silence(() => {
        for (let at = 4_000; at < 30_000; at += 5_000)
          wire.receive(inputTranscription('What the user said.'), at);
        nothing(wire);
      });
    },
  },
];

export const silentKinds: readonly Kind[] = [...afterSpeech, ...afterInput, ...afterTools];
