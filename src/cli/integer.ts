import { InvalidArgumentError } from 'commander';

/** Reads the value of an option that is a whole number. */
export function integer(min: number, max: number): (value: string) => number {
  return (value) => {
    const number = Number(value);
    if (/^\d+$/.test(value) && number >= min && number <= max) return number;
    throw new InvalidArgumentError(`A whole number from ${min} to ${max} is allowed.`);
  };
}
