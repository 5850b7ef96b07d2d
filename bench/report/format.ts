import type { Range } from './statistics.ts';

const number = new Intl.NumberFormat('en', { maximumSignificantDigits: 3, useGrouping: true });

export const exact = (value: number, unit: string): string => `${number.format(value)} ${unit}`;
export const percent = (share: number): string => `${number.format(share * 100)} %`;
export const times = (ratio: number): string => `${number.format(ratio)}×`;
export const spread = ({ median, min, max }: Range, unit: string): string =>
  `${exact(median, unit)} (${number.format(min)} to ${number.format(max)})`;
