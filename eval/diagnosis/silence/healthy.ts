import {
  answering,
  connect,
  m25,
  m25Finished,
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
  usage,
  userSays,
} from './talk.ts';
import type { Wire } from './wire.ts';

/** Conversations in which nothing is wrong, by kind. Each goes on for about ten minutes. */
export interface Kind {
  readonly name: string;
  readonly play: (wire: Wire) => void;
}

const lengthMs = 600_000;

/** Nobody says anything for a while: the user thinks, listens, does something else. */
function pause(wire: Wire, longest = 40_000): void {
  const ms = wire.chance(0.1) ? wire.between(15_000, longest) : wire.between(500, 6_000);
  if (wire.chance(0.3)) chatter(wire, ms);
  wire.wait(ms);
}

function exchange(wire: Wire, { hearing }: Served): void {
  if (wire.chance(0.12)) bargesIn(wire, hearing);
  else userSays(wire, hearing);
  modelSays(wire);
}

function converse(wire: Wire, served: Served, also: () => void = () => {}, until = lengthMs): void {
  while (wire.now < until) {
    exchange(wire, served);
    also();
    pause(wire);
  }
}

const talkWith = (name: string, served: Served): Kind => ({
  name: `talk, ${name}`,
  play: (wire) => {
    connect(wire, served);
    converse(wire, served);
  },
});

const talks: readonly Kind[] = [
  talkWith('3.1 without finished', m31),
  talkWith('3.1 with voice activity', m31Vad),
  talkWith('2.5 in pieces', m25),
  talkWith('2.5 with finished', m25Finished),
  talkWith('2.5 without transcription', m25Untranscribed),
  talkWith('2.5 on Vertex', vertex25),
  talkWith('3.8', m38),
  {
    name: 'transcription behind the answer',
    play: (wire) => {
      connect(wire, m25);
      while (wire.now < lengthMs) {
        userSays(wire, { transcription: 'none' });
        wire.receive(inputTranscription(' all of it'), wire.between(600, 3_500));
        wire.receive(inputTranscription(' at last'), wire.between(900, 4_500));
        modelSays(wire, { ms: wire.between(2_500, 9_000) });
        pause(wire);
      }
    },
  },
  {
    name: 'push to talk',
    play: (wire) => {
      const served = wire.pick([m31, m25, m38]);
      connect(wire, served, {
        setup: { realtimeInputConfig: { automaticActivityDetection: { disabled: true } } },
      });
      while (wire.now < lengthMs) {
        wire.send({ realtimeInput: { activityStart: {} } });
        userSays(
          wire,
          { ...served.hearing, vad: false },
          wire.chance(0.1) ? wire.between(60_000, 100_000) : wire.about(3_000),
        );
        wire.send({ realtimeInput: { activityEnd: {} } });
        modelSays(wire);
        pause(wire, 120_000);
      }
    },
  },
  {
    name: 'a microphone that is shut between the turns',
    play: (wire) => {
      const served = wire.pick([m31, m25, m25Untranscribed]);
      connect(wire, served);
      while (wire.now < lengthMs) {
        userSays(wire, served.hearing);
        wire.send({ realtimeInput: { audioStreamEnd: true } }, 100);
        wire.mute(2_000);
        modelSays(wire);
        // It is opened and shut again, and nothing was said.
        wire.wait(wire.between(1_000, 8_000));
        wire.send({ realtimeInput: { audioStreamEnd: true } });
        const ms = wire.between(1_000, 40_000);
        wire.mute(ms);
        wire.wait(ms);
      }
    },
  },
  {
    name: 'written talk',
    play: (wire) => {
      const served = wire.pick([m31, m25, m38, vertex25]);
      connect(wire, served);
      while (wire.now < lengthMs) {
        wire.send({ realtimeInput: { text: 'And then?' } });
        modelSays(wire);
        pause(wire, 200_000);
      }
    },
  },
  {
    name: 'client content and TEXT',
    play: (wire) => {
      wire.open({ model: 'gemini-live-2.5-flash', api: 'vertex', modality: 'TEXT' });
      while (wire.now < lengthMs) {
        // Context comes without asking for an answer.
        const parts = [{ text: 'The user opened the page of prices.' }];
        if (wire.chance(0.5))
          wire.send({ clientContent: { turns: [{ role: 'user', parts }], turnComplete: false } });
        wire.wait(wire.between(500, 40_000));
        wire.send({ clientContent: { turns: [{ role: 'user', parts }], turnComplete: true } });
        modelSays(wire, { text: true });
        pause(wire, 100_000);
      }
    },
  },
];

const quiet: readonly Kind[] = [
  {
    name: 'a user who says nothing for minutes',
    play: (wire) => {
      const served = wire.pick([...answering, m25Untranscribed, m38] as const);
      connect(wire, served);
      while (wire.now < lengthMs) {
        exchange(wire, served);
        const ms = wire.between(30_000, 240_000);
        if (wire.chance(0.5)) chatter(wire, ms);
        wire.wait(ms);
      }
    },
  },
  {
    name: 'a noisy room',
    play: (wire) => {
      const served = wire.pick([...answering, m25Untranscribed, m38] as const);
      connect(wire, served);
      wire.background('noise', lengthMs + 60_000);
      while (wire.now < lengthMs) {
        exchange(wire, served);
        pause(wire, 150_000);
      }
    },
  },
  {
    name: 'a noisy room that is transcribed',
    play: (wire) => {
      const served = wire.pick(answering);
      connect(wire, served);
      wire.background('noise', lengthMs + 60_000);
      while (wire.now < lengthMs) {
        exchange(wire, served);
        wire.wait(wire.between(1_500, 6_000));
        wire.receive(inputTranscription(wire.pick(['<noise>', ' <noise>', '.', '<noise> <noise>'])));
        wire.wait(wire.between(1_000, 40_000));
      }
    },
  },
  {
    name: 'a noisy room and a microphone that is shut',
    play: (wire) => {
      const served = wire.pick([...answering, m25Untranscribed] as const);
      connect(wire, served);
      wire.background('noise', lengthMs + 60_000);
      while (wire.now < lengthMs) {
        exchange(wire, served);
        wire.wait(wire.between(1_500, 8_000));
        wire.send({ realtimeInput: { audioStreamEnd: true } });
        const ms = wire.between(5_000, 60_000);
        wire.mute(ms);
        wire.wait(ms);
      }
    },
  },
  {
    name: 'music on hold',
    play: (wire) => {
      const served = wire.pick([...answering, m25Untranscribed, m38] as const);
      connect(wire, served);
      while (wire.now < lengthMs) {
        for (let turns = wire.between(2, 6); turns > 0; turns--) exchange(wire, served);
        const ms = wire.between(20_000, 180_000);
        wire.background('music', ms);
        // Some services take the music for somebody who sings, now and then.
        if (wire.chance(0.5)) {
          for (let at = 0; at < ms; at += wire.between(8_000, 40_000)) {
            wire.receive(
              {
                serverContent: { modelTurn: { parts: [{ text: '' }] }, turnComplete: true },
                ...usage(wire, 0),
              },
              at,
            );
          }
        }
        wire.wait(ms);
      }
    },
  },
  {
    name: 'proactive audio that chooses silence',
    play: (wire) => {
      const served = wire.pick([m25, m25Untranscribed, vertex25]);
      connect(wire, served, { setup: { proactivity: { proactiveAudio: true } } });
      while (wire.now < lengthMs) {
        if (wire.chance(0.5)) exchange(wire, served);
        // Somebody else is spoken to.
        else userSays(wire, served.hearing, wire.between(3_000, 90_000));
        pause(wire, 60_000);
      }
    },
  },
  {
    name: '3.8 that chooses silence',
    play: (wire) => {
      const served = wire.pick([m38, thinking]);
      connect(wire, served);
      while (wire.now < lengthMs) {
        if (wire.chance(0.5)) exchange(wire, served);
        else userSays(wire, served.hearing, wire.between(3_000, 60_000));
        pause(wire, 60_000);
      }
    },
  },
  {
    name: 'a long story',
    play: (wire) => {
      const served = wire.pick(answering);
      connect(wire, served);
      while (wire.now < lengthMs) {
        userSays(wire, served.hearing, wire.between(20_000, 80_000));
        modelSays(wire);
        pause(wire);
      }
    },
  },
  {
    name: 'a dictation that is only written down',
    play: (wire) => {
      wire.open({
        model: 'gemini-3.5-transcribe-live',
        modality: 'TEXT',
        microphoneMs: 100,
        setup: { inputAudioTranscription: {} },
      });
      while (wire.now < lengthMs) {
        userSays(wire, { transcription: 'pieces' }, wire.between(2_000, 30_000));
        if (wire.chance(0.5)) wire.receive({ serverContent: { generationComplete: true } }, 800);
        pause(wire, 60_000);
      }
    },
  },
];

const tools: readonly Kind[] = [
  {
    name: 'tools that take seconds',
    play: (wire) => {
      const served = wire.pick([m31, m25, vertex25]);
      connect(wire, served, { setup: functions(['look_up']) });
      converse(wire, served, () => {
        userSays(wire, served.hearing);
        wire.wait(wire.between(500, 2_500));
        const respond = modelCalls(wire);
        wire.wait(Math.min(120_000, wire.about(6_000)));
        wire.send(respond());
        modelSays(wire);
      });
    },
  },
  {
    name: 'functions that the model does not wait for',
    play: (wire) => {
      const served = wire.pick([m25, m25Finished, vertex25]);
      connect(wire, served, { setup: functions(['look_up'], 'NON_BLOCKING') });
      converse(wire, served, () => {
        userSays(wire, served.hearing);
        wire.wait(800);
        const respond = modelCalls(wire);
        modelSays(wire, { afterMs: 400 });
        for (let turns = wire.between(0, 3); turns > 0; turns--) exchange(wire, served);
        wire.wait(wire.between(1_000, 90_000));
        const scheduling = wire.pick(['SILENT', 'WHEN_IDLE', 'INTERRUPT']);
        wire.send(respond({ ok: true }, { scheduling }));
        if (scheduling !== 'SILENT') modelSays(wire);
      });
    },
  },
  {
    name: '3.8 and calls that take minutes',
    play: (wire) => {
      const served = wire.pick([m38, thinking]);
      connect(wire, served, { setup: functions(['look_up']) });
      converse(wire, served, () => {
        userSays(wire, served.hearing);
        modelSays(wire, { open: true, ms: 1_500 });
        const respond = modelCalls(wire);
        wire.receive({ serverContent: { turnComplete: true } }, 300);
        wire.wait(wire.between(20_000, 150_000));
        wire.send(respond({ ok: true }, { scheduling: 'WHEN_IDLE' }));
        modelSays(wire);
      });
    },
  },
  {
    name: 'results that come in parts',
    play: (wire) => {
      connect(wire, m25, { setup: functions(['look_up'], 'NON_BLOCKING') });
      converse(wire, m25, () => {
        userSays(wire, m25.hearing);
        wire.wait(800);
        const respond = modelCalls(wire);
        for (let parts = wire.between(1, 5); parts > 0; parts--) {
          wire.wait(wire.between(2_000, 30_000));
          wire.send(respond({ ok: true }, { willContinue: true, scheduling: 'SILENT' }));
        }
        wire.send(respond({ ok: true }, { willContinue: false, scheduling: 'WHEN_IDLE' }));
        modelSays(wire);
      });
    },
  },
  {
    name: 'a call that the service cancels',
    play: (wire) => {
      const served = wire.pick([m31, m25]);
      connect(wire, served, { setup: functions(['look_up']) });
      converse(wire, served, () => {
        userSays(wire, served.hearing);
        wire.wait(900);
        const id = `fc-${wire.random.hex(6)}`;
        modelCalls(wire, { id });
        wire.wait(wire.between(500, 4_000));
        wire.receive({ toolCallCancellation: { ids: [id] } }, 100);
        userSays(wire, served.hearing);
        modelSays(wire);
      });
    },
  },
  {
    name: 'background work',
    play: (wire) => {
      connect(wire, thinking, { setup: functions(['look_up'], 'NON_BLOCKING') });
      converse(wire, thinking, () => {
        userSays(wire, thinking.hearing);
        modelSays(wire, { end: { interactionStatus: 'IN_PROGRESS' } });
        for (let steps = wire.between(1, 3); steps > 0; steps--) {
          wire.wait(wire.between(5_000, 28_000));
          const respond = modelCalls(wire);
          wire.wait(wire.between(500, 6_000));
          wire.send(respond({ ok: true }, { scheduling: 'WHEN_IDLE' }));
          if (wire.chance(0.5)) modelSays(wire, { ms: 1_500, end: { interactionStatus: 'IN_PROGRESS' } });
        }
        modelSays(wire, { afterMs: wire.between(3_000, 15_000), end: { interactionStatus: 'IDLE' } });
      });
    },
  },
  {
    name: 'a model that waits for the user',
    play: (wire) => {
      connect(wire, m25);
      converse(wire, m25, () => {
        userSays(wire, m25.hearing, 800);
        wire.wait(600);
        wire.receive({ serverContent: { waitingForInput: true } });
        wire.wait(wire.between(5_000, 60_000));
      });
    },
  },
  {
    name: 'empty and refused turns between others',
    play: (wire) => {
      const served = wire.pick([m31, vertex25]);
      connect(wire, served);
      converse(wire, served, () => {
        userSays(wire, served.hearing);
        wire.wait(1_500);
        const reason = wire.chance(0.5) ? { turnCompleteReason: 'RESPONSE_REJECTED' } : {};
        wire.receive({ serverContent: { turnComplete: true, ...reason }, ...usage(wire, 0) });
        wire.wait(wire.between(1_000, 30_000));
      });
    },
  },
];

const longer: readonly Kind[] = [
  {
    name: 'a connection that is renewed',
    play: (wire) => {
      const served = wire.pick([m31, m25, m38]);
      connect(wire, served, { setup: { sessionResumption: {} } });
      for (let index = 1; wire.now < lengthMs; index++) {
        wire.receive(handleUpdate(`h-${index}`));
        converse(wire, served, () => {}, wire.now + 150_000);
        wire.receive({ goAway: { timeLeft: '10s' } });
        wire.receive(handleUpdate(`h-${index}`));
        wire.wait(9_000);
        wire.close(1008, 'The operation was aborted.');
        wire.wait(300);
        connect(wire, served, { handle: `h-${index}` });
        wire.wait(wire.between(500, 60_000));
      }
    },
  },
  {
    name: 'a connection that is renewed during a call',
    play: (wire) => {
      const served = wire.pick([m31, m25]);
      connect(wire, served, { setup: { sessionResumption: {}, ...functions(['look_up']) } });
      for (let index = 1; wire.now < lengthMs; index++) {
        wire.receive(handleUpdate(`h-${index}`));
        converse(wire, served, () => {}, wire.now + 150_000);
        userSays(wire, served.hearing);
        wire.wait(800);
        const respond = modelCalls(wire);
        wire.wait(1_000);
        wire.close(1008, 'The operation was aborted.');
        wire.wait(300);
        connect(wire, served, { handle: `h-${index}`, setup: functions(['look_up']) });
        wire.wait(wire.between(500, 8_000));
        if (wire.chance(0.5)) wire.send(respond());
        else wire.send({ realtimeInput: { text: 'The result is: ok.' } });
        modelSays(wire);
      }
    },
  },
  {
    name: 'a translation',
    play: (wire) => {
      connect(wire, translation, { setup: { translationConfig: { targetLanguageCode: 'de' } } });
      while (wire.now < lengthMs) {
        const ms = wire.between(2_000, 20_000);
        const from = wire.now;
        userSays(wire, translation.hearing, ms);
        wire.now = from;
        // It speaks while the user still does, and between the sentences it sends zeros.
        modelSays(wire, { afterMs: 1_500, ms: ms + 500, open: true, ahead: 1 });
        sendsZeros(wire, wire.between(1_000, 30_000));
      }
    },
  },
  {
    name: 'an agent that is told what to say, with the microphone muted',
    play: (wire) => {
      const served = wire.pick([m31, m25, m38]);
      connect(wire, served);
      while (wire.now < lengthMs) {
        const ms = wire.between(20_000, 90_000);
        wire.mute(ms);
        wire.send({ realtimeInput: { text: 'Tell the user that the taxi is here.' } });
        modelSays(wire);
        wire.wait(ms);
        exchange(wire, served);
      }
    },
  },
  {
    name: 'words of agreement while the model speaks',
    play: (wire) => {
      const served = wire.pick([m31, m25, m25Finished]);
      connect(wire, served);
      while (wire.now < lengthMs) {
        userSays(wire, served.hearing);
        const from = wire.now;
        wire.now += 3_000;
        wire.hear('speech', 400);
        wire.receive(inputTranscription('Uh-huh.'), 500);
        wire.now = from;
        modelSays(wire, { ms: 9_000 });
        pause(wire);
      }
    },
  },
];

export const healthyKinds: readonly Kind[] = [...talks, ...quiet, ...tools, ...longer];
