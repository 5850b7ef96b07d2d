import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { isSupportedNode, isSupportedSdk, supported, supportedNode } from '../../src/conventions/support.ts';

const text = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

test('package.json and README name the versions that the code asks for', () => {
  const { engines, peerDependencies } = JSON.parse(text('package.json'));
  expect(engines.node).toBe(`>=${supportedNode}.0`);
  expect(peerDependencies['@opentelemetry/api']).toBe(supported.api);
  expect(text('README.md')).toContain(`| Node | ${supportedNode} and newer.`);
  expect(text('README.md')).toContain(`\`${supported.sdk}\``);
});

test.each([
  ['22.14.9', false],
  ['22.15.0', true],
  ['v24.0.0', true],
  ['20.19.0', false],
])('Node %s', (version, isSupported) => {
  expect(isSupportedNode(version)).toBe(isSupported);
});

test.each([
  ['0.9.0', false],
  ['1.0.0', true],
  ['3.9.9', true],
  ['4.0.0', false],
])('@google/genai %s', (version, isSupported) => {
  expect(isSupportedSdk(version)).toBe(isSupported);
});
