/** The words of a title, or of what somebody types, as they are searched: lower case, without accents and signs. */
import { stemmer } from 'stemmer';

const WORDS = /[a-z0-9]+(?:'[a-z]+)?/g;

export function wordsOf(text: string): readonly string[] {
  const plain = text
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036F]/g, '')
    .replace(/’/g, "'");
  // An owner's name is found without its s, too: Crohn's as crohn.
  return (plain.match(WORDS) ?? []).map((word) => word.replace(/'.*$/, ''));
}

/** What a word has in common with its other forms: dehydrated and dehydration are dehydr. */
export const stemOf = (word: string): string => stemmer(word);
