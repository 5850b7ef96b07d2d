/** A music session: what it was told to play, and whether it plays. It has neither turns nor tools. */
import type { ReceivedMusic, SentMusic } from '../protocol/frame.ts';
import type { SessionFact } from './facts.ts';
import { noteUserActivity } from './lifetime.ts';
import type { MusicFacts } from './model.ts';
import type { Owed } from './owed.ts';
import { stallThresholds } from './stall-thresholds.ts';
import type { SessionState } from './state.ts';
import { never } from './time.ts';

/** Chunks come when they come: a shorter gap is nothing. */
const shortestGapMs = 50;

type Counted = { -readonly [Name in keyof Omit<MusicFacts, 'msSinceFilteredPrompt'>]: MusicFacts[Name] };

export interface MusicState {
  readonly facts: Counted;
  lastFilteredAt: number;
  /** When it was last told to play. */
  playAt: number;
  /** No chunk has come since. */
  awaitsFirst: boolean;
  /** When all that came since then has been heard, by an application that plays it as it comes. */
  heardUntil: number;
}

export function createMusic(): MusicState {
  return {
    facts: {
      playback: 'not_started',
      controls: 0,
      promptUpdates: 0,
      prompts: 0,
      promptCharacters: 0,
      filteredPrompts: 0,
      warnings: 0,
      configUpdates: 0,
      config: [],
      outOfRange: [],
      chunks: 0,
      audioBytes: 0,
      audioMs: 0,
      gaps: 0,
      gapMs: 0,
    },
    lastFilteredAt: never,
    playAt: never,
    awaitsFirst: false,
    heardUntil: never,
  };
}

/** Also where nothing but its messages shows that it is one. */
function musicOf(state: SessionState): MusicState {
  state.music ??= createMusic();
  return state.music;
}

export function sendMusic(state: SessionState, sent: SentMusic, now: number, facts: SessionFact[]): void {
  const music = musicOf(state);
  noteUserActivity(state, now);
  const { prompts, config, control } = sent;
  if (prompts !== undefined) {
    music.facts.promptUpdates += 1;
    music.facts.prompts = prompts.count;
    music.facts.promptCharacters = prompts.characters;
    facts.push({ type: 'music_prompts_sent', at: now, prompts });
  }
  if (config !== undefined) {
    music.facts.configUpdates += 1;
    music.facts.config = config.values;
    music.facts.outOfRange = config.outOfRange;
    facts.push({ type: 'music_config_sent', at: now, values: config.values });
  }
  if (control === undefined) return;
  music.facts.controls += 1;
  facts.push({ type: 'playback_controlled', at: now, control });
  state.stalls.changed = true;
  if (control === 'play' && music.facts.playback !== 'playing') {
    music.facts.playback = 'playing';
    music.playAt = now;
    music.heardUntil = now;
    music.awaitsFirst = true;
  } else if (control === 'pause') music.facts.playback = 'paused';
  else if (control === 'stop') music.facts.playback = 'stopped';
}

export function receiveMusic(
  state: SessionState,
  { audio, filteredPrompt, warning }: ReceivedMusic,
  audioBytes: number,
  now: number,
  facts: SessionFact[],
): void {
  const music = musicOf(state);
  if (filteredPrompt !== undefined) {
    music.facts.filteredPrompts += 1;
    music.lastFilteredAt = now;
    facts.push({ type: 'prompt_filtered', at: now, ...filteredPrompt });
  }
  if (warning !== undefined) {
    music.facts.warnings += 1;
    facts.push({ type: 'music_warned', at: now, ...warning });
  }
  if (audio === undefined) return;
  music.facts.chunks += audio.chunks;
  music.facts.audioBytes += audioBytes;
  music.facts.audioMs += audio.ms;
  state.turns.lastOutputAt = now;
  if (music.facts.playback !== 'playing') return;
  if (music.awaitsFirst) {
    music.awaitsFirst = false;
    music.facts.firstAudioMs ??= now - music.playAt;
  } else if (now - music.heardUntil > shortestGapMs) {
    music.facts.gaps += 1;
    music.facts.gapMs += now - music.heardUntil;
  }
  music.heardUntil = Math.max(music.heardUntil, now) + audio.ms;
  state.stalls.changed = true;
}

/** It plays, and all that came has been heard. */
export function musicOwed({ music, options }: SessionState): Owed | undefined {
  if (music?.facts.playback !== 'playing') return undefined;
  const { musicMs } = options.stallThresholds ?? stallThresholds;
  return { kind: 'music_silent', since: music.heardUntil, withinMs: musicMs };
}

/** Music came, or none is wanted any more. */
export function isMusicBack({ music }: SessionState, since: number): boolean {
  return music?.facts.playback !== 'playing' || music.heardUntil > since;
}

export function musicAtEnd({ music }: SessionState, now: number): { readonly music?: MusicFacts } {
  if (music === undefined) return {};
  const { facts, lastFilteredAt } = music;
  return {
    music: { ...facts, ...(lastFilteredAt !== never && { msSinceFilteredPrompt: now - lastFilteredAt }) },
  };
}
