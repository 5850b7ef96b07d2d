import { hash } from 'node:crypto';

/**
 * Stands for a resumption handle where two connections have to be recognised as one conversation: the first 16
 * hexadecimal digits of its SHA-256. The handle itself is a credential and never leaves.
 */
export const hashHandle = (handle: string): string => hash('sha256', handle, 'hex').slice(0, 16);
