import { type ConfigDocument, type ConfigOption, parseConfig } from '../../../src/local/aws-config/document.ts'
import { PYTHON_LINE_BREAK, trim } from '../../../src/local/files/lines.ts'
import { Refusal } from '../../../src/model/diagnostic.ts'
import type { Reading, Values } from './botocore.ts'

/** Our reading of a text in botocore's terms, where the keys of [DEFAULT] are in every section. */
export function ourReading(text: string): Reading {
  const document = tryParse(text)
  if (Array.isArray(document)) return { error: document.join(), raw: {}, profiles: {}, sessions: {} }
  let defaults: Values = {}
  const [raw, profiles, sessions] = [entries(), entries(), entries()]
  for (const section of document.sections) {
    if (section.header === 'DEFAULT') defaults = { ...defaults, ...valuesOf(section.options) }
  }
  for (const section of document.sections) {
    if (section.header === 'DEFAULT') continue
    const values = { ...defaults, ...valuesOf(section.options) }
    raw.set(section.header, values)
    if (section.kind === 'profile') profiles.set(section.name, values)
    if (section.kind === 'sso-session') sessions.set(section.name, values)
  }
  return {
    raw: Object.fromEntries(raw),
    profiles: Object.fromEntries(profiles),
    sessions: Object.fromEntries(sessions),
  }
}

function entries(): Map<string, Values> {
  return new Map()
}

function tryParse(text: string): ConfigDocument | string[] {
  try {
    return parseConfig(text, 'config')
  } catch (cause) {
    if (cause instanceof Refusal) return cause.diagnostics.map((one) => one.code)
    throw cause
  }
}

function valuesOf(options: ReadonlyMap<string, ConfigOption>): Values {
  return Object.fromEntries([...options].map(([key, { value, nested }]) => [key, nested ? nestedValues(value) : value]))
}

function nestedValues(value: string): Record<string, string> {
  const lines = value
    .split(PYTHON_LINE_BREAK)
    .map(trim)
    .filter((line) => line !== '')
  return Object.fromEntries(
    lines.map((line) => [trim(line.slice(0, line.indexOf('='))), trim(line.slice(line.indexOf('=') + 1))]),
  )
}
