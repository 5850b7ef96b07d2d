import { describe, expect, it } from 'vitest';
import type { PlaybackControl } from '../../src/conventions/vocabulary.ts';
import { stallThresholds } from '../../src/session/stall-thresholds.ts';
import {
  closed,
  closureOf,
  epoch,
  only,
  received,
  type Scenario,
  scenario,
  sent,
  ticked,
  types,
} from './build.ts';

const prompts = (count = 2) => sent('music_prompts', { music: { prompts: { count, characters: 25 } } });
const config = sent('music_config', { music: { config: { values: ['bpm=300'], outOfRange: ['bpm'] } } });
const control = (action: PlaybackControl) => sent('playback_control', { music: { control: action } });
const chunk = () => received('audio', { audioBytes: 384_000, music: { audio: { chunks: 1, ms: 2_000 } } });
const filtered = received('filtered_prompt', { music: { filteredPrompt: { reason: 'UNSAFE' } } });
const warned = received('music_warning', { music: { warning: {} } });

/** A music session whose setup was completed 200 ms after `connect()`, and that plays since 1 s. */
function playing(): Scenario {
  const session = scenario({ music: true });
  session.at(100, sent('setup'));
  session.at(200, received('setup_complete', { setupComplete: {} }));
  session.at(1_000, prompts(), config, control('play'));
  return session;
}

const stalls = (facts: Parameters<typeof only>[0]) =>
  only(facts, 'stalled').map(({ stall }) => [stall.kind, stall.since - epoch, stall.foundAt - epoch]);

describe('a music session', () => {
  it('remembers what it was told to play, and what came of it', () => {
    const session = playing();
    session.at(1_500, filtered, warned);
    session.at(2_000, chunk());
    session.at(3_900, chunk());
    session.at(5_000, control('reset_context'), control('pause'));
    const { music, turns, lastTurn, expected } = closureOf(session.at(6_000, closed(1000)));
    expect({ turns, lastTurn, expected }).toEqual({ turns: 0, lastTurn: undefined, expected: true });
    expect(music).toEqual({
      playback: 'paused',
      controls: 3,
      promptUpdates: 1,
      prompts: 2,
      promptCharacters: 25,
      filteredPrompts: 1,
      msSinceFilteredPrompt: 4_500,
      warnings: 1,
      configUpdates: 1,
      config: ['bpm=300'],
      outOfRange: ['bpm'],
      chunks: 2,
      audioBytes: 768_000,
      audioMs: 4_000,
      firstAudioMs: 1_000,
      gaps: 0,
      gapMs: 0,
    });
  });

  it('says of each message what it was', () => {
    const session = scenario({ music: true });
    const facts = session.at(1_000, prompts(), config, control('stop'), filtered, warned);
    expect(types(facts)).toEqual([
      'music_prompts_sent',
      'music_config_sent',
      'playback_controlled',
      'prompt_filtered',
      'music_warned',
    ]);
  });

  it('has a gap where all that came has been heard, and none between chunks that come early or in a pause', () => {
    const session = playing();
    session.at(2_000, chunk(), chunk());
    session.at(6_500, chunk());
    session.at(7_000, control('pause'));
    session.at(60_000, control('play'));
    session.at(61_000, chunk());
    session.at(63_040, chunk());
    const { music } = closureOf(session.at(64_000, closed(1006)));
    expect(music).toMatchObject({ gaps: 1, gapMs: 500, firstAudioMs: 1_000, chunks: 5 });
  });

  it('is known by its messages where nothing else says so', () => {
    const session = scenario();
    session.at(1_000, control('play'));
    expect(closureOf(session.at(2_000, closed(1000))).music).toMatchObject({ playback: 'playing' });
    expect(closureOf(scenario().at(2_000, closed(1000))).music).toBeUndefined();
  });
});

describe('music that stops', () => {
  it('is a stall once all that came has been heard for a while, and over with the next chunk', () => {
    const session = playing();
    session.at(2_000, chunk(), chunk());
    const heard = 6_000;
    const found = heard + stallThresholds.musicMs;
    expect(stalls(session.at(found - 1, ticked))).toEqual([]);
    expect(stalls(session.at(found, ticked))).toEqual([['music_silent', heard, found]]);
    expect(only(session.at(found + 500, chunk()), 'stall_ended')).toHaveLength(1);
  });

  it('is a stall where none ever came', () => {
    const found = 1_000 + stallThresholds.musicMs;
    expect(stalls(playing().at(found, ticked))).toEqual([['music_silent', 1_000, found]]);
  });

  it.each(['pause', 'stop'] as const)('is none after %s', (action) => {
    const session = playing();
    session.at(2_000, chunk());
    session.at(2_500, control(action));
    expect(stalls(session.at(600_000, ticked))).toEqual([]);
  });

  it('is over when it is paused', () => {
    const session = playing();
    session.at(60_000, ticked);
    expect(only(session.at(61_000, control('pause')), 'stall_ended')).toHaveLength(1);
  });
});
