import type { Scenario } from '../scenario.ts';
import { inputScenarios } from './input.ts';
import { lifetimeScenarios } from './lifetime.ts';
import { raceScenarios } from './race.ts';
import { resumptionScenarios } from './resumption.ts';
import { rivalScenarios } from './rivals.ts';
import { serviceScenarios } from './service.ts';
import { setupScenarios } from './setup.ts';
import { toolResponseScenarios } from './tool-responses.ts';
import { transportScenarios } from './transport.ts';

export const scenarios: readonly Scenario[] = [
  ...raceScenarios,
  ...toolResponseScenarios,
  ...lifetimeScenarios,
  ...resumptionScenarios,
  ...setupScenarios,
  ...inputScenarios,
  ...serviceScenarios,
  ...transportScenarios,
  ...rivalScenarios,
];
