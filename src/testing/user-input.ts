import type { ClientMessage } from './client-message.ts';
import { audioChunks } from './client-message.ts';
import type { Director } from './director.ts';
import { field, stringField } from './json.ts';
import { duration, serverContent } from './server-message.ts';
import type { Stage } from './stage.ts';
import { hear, silentVoice } from './voice-activity.ts';

/** Takes realtime input: finds where the user's turns begin and end, in the audio or by the client's marks. */
export interface UserInput {
  take(message: ClientMessage): void;
  readonly activityOpen: boolean;
}

/** Real milliseconds without audio that end speech at the least: clients send in real time, whatever the time scale. */
const leastGapMs = 100;
const defaultSilenceMs = 500;

export function createUserInput(stage: Stage, director: Director, ended: AbortSignal): UserInput {
  const silenceMs = stage.behaviour.silenceMs ?? defaultSilenceMs;
  const gapMs = Math.max(silenceMs / stage.clock.timeScale, leastGapMs);
  let voice = silentVoice;
  let activityOpen = false;
  let gap: NodeJS.Timeout | undefined;
  ended.addEventListener('abort', () => clearTimeout(gap), { once: true });

  const speechStarted = (atMs: number): void => {
    director.bargeIn();
    if (stage.behaviour.voiceActivity) sendVoiceActivity('ACTIVITY_START', atMs);
  };

  const speechEnded = (atMs: number, by: 'voice' | 'activity_end'): void => {
    if (stage.behaviour.voiceActivity) sendVoiceActivity('ACTIVITY_END', atMs);
    if (stage.setup.inputTranscription) {
      stage.wire.send(
        serverContent({ inputTranscription: { text: stage.behaviour.userSpeech ?? 'Hello.' } }),
      );
    }
    director.userTurn(by);
  };

  const sendVoiceActivity = (voiceActivityType: string, atMs: number): void => {
    stage.wire.send({ voiceActivity: { voiceActivityType, audioOffset: duration(Math.round(atMs)) } });
  };

  const endSpeech = (): void => {
    clearTimeout(gap);
    if (!voice.speaking) return;
    voice = { ...voice, speaking: false };
    speechEnded(voice.heardMs, 'voice');
  };

  const takeAudio = (message: ClientMessage): void => {
    for (const chunk of audioChunks(message.body)) {
      const heardBefore = voice.heardMs;
      const heard = hear(voice, chunk, silenceMs);
      voice = heard.state;
      stage.tokens.hearAudio(voice.heardMs - heardBefore);
      if (!stage.setup.automaticActivityDetection) continue;
      for (const { type, atMs } of heard.events) {
        if (type === 'speech_start') speechStarted(atMs);
        else speechEnded(atMs, 'voice');
      }
    }
    clearTimeout(gap);
    if (voice.speaking && stage.setup.automaticActivityDetection) gap = setTimeout(endSpeech, gapMs);
  };

  return {
    take: (message) => {
      const { body } = message;
      if (field(body, 'activityStart') !== undefined) {
        activityOpen = true;
        speechStarted(voice.heardMs);
      }
      takeAudio(message);
      if (field(body, 'audioStreamEnd') === true && stage.setup.automaticActivityDetection) endSpeech();
      if (field(body, 'activityEnd') !== undefined) {
        activityOpen = false;
        speechEnded(voice.heardMs, 'activity_end');
      }
      const text = stringField(body, 'text');
      if (text !== undefined) {
        stage.tokens.readText(text.length);
        director.bargeIn();
        director.userTurn('text');
      }
    },
    get activityOpen() {
      return activityOpen;
    },
  };
}
