import { canonical, type Json } from '../../model/json.ts'

/**
 * True when two values mean the same: texts that differ in white space at their ends alone do, because whether AWS keeps that is
 * documented nowhere.
 */
export function sameText(_path: string, a: Json, b: Json): boolean {
  const plain = (value: Json) => (typeof value === 'string' ? value.trim() : value)
  return canonical(plain(a)) === canonical(plain(b))
}
