import { logOrder, steering } from '../model/steering.ts'
import { shown } from './shown.ts'

const RISKY = new RegExp(`[${steering}]|${logOrder}`, 'giu')

/** A text as a YAML scalar in double quotes, on one line, with what would steer a terminal or a log written as YAML's escapes. Pure. */
export function yamlQuoted(text: string): string {
  return JSON.stringify(text).replace(RISKY, (sign) => {
    const code = sign.codePointAt(0) ?? 0
    const [letter, digits] = code > 0xffff ? ['U', 8] : code > 0xff ? ['u', 4] : ['x', 2]
    return `\\${letter}${code.toString(16).padStart(Number(digits), '0')}`
  })
}

/** A text as a YAML scalar that is a text to every reader, between brackets too, and in quotes only where it has to be. Pure. */
export function yamlWord(text: string): string {
  return /^[\p{L}_][\p{L}\p{N}\w.@+/%:=-]*$/u.test(text) && !/^(true|false|null|yes|no|on|off)$/i.test(text)
    ? text
    : yamlQuoted(text)
}

/** True for a text that may stand in a YAML file as it is, folded anywhere between its words. Pure. */
export function isHarmlessYaml(text: string): boolean {
  return text.split(/[ \t\r\n]/).every((word) => word === shown(word))
}
