import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { settingEffect } from '../../model/setting-effect.ts'
import { ifExists } from '../files/disk.ts'

/**
 * What the AWS CLI would run or reach because the AWS files in a private home say so, with its place; undefined where they say nothing of the
 * kind. A repository can bring such files along.
 */
export async function effectInConfig(home: string): Promise<string | undefined> {
  const alias = join(home, '.aws', 'cli', 'alias')
  if ((await textOf(alias)) !== undefined) return `${alias}, which redefines AWS CLI commands`
  for (const name of ['config', 'credentials']) {
    const file = join(home, '.aws', name)
    const found = firstEffect((await textOf(file)) ?? '')
    if (found) return `${file}:${found.line}, where ${found.what}`
  }
  return undefined
}

function firstEffect(text: string): { readonly line: number; readonly what: string } | undefined {
  let isPlugins = false
  for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
    const [, section] = /^\s*\[([^\]]*)/.exec(line) ?? []
    if (section !== undefined) isPlugins = /^\s*plugins\b/i.test(section)
    const [, key, value = ''] = /^\s*([^=:#;[\]\s]+)\s*[=:]\s*(.*)$/.exec(line) ?? []
    if (key === undefined) continue
    // Where one signs in is what the file is for; a child is told that the sandbox is there.
    const effect = isPlugins
      ? 'is an AWS CLI plugin'
      : /^sso_/i.test(key)
        ? undefined
        : settingEffect(key, value.trim())
    if (effect !== undefined) return { line: index + 1, what: `${key} ${effect}` }
  }
  return undefined
}

function textOf(file: string): Promise<string | undefined> {
  return ifExists(readFile(file, 'utf8'))
}
