import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { manifestText } from '../scenarios/cloud/support/office.ts'
import { token } from './support/github.ts'
import { pullRequest, sections } from './support/pull-request.ts'
import { act } from './support/step.ts'

const first = '<!-- sso-reconcile plan sso.yaml -->'
const { comments, desk, request } = pullRequest()

describe('hostile names', () => {
  const names = [
    '-->',
    '::error::pwned',
    '@everyone',
    '`code`',
    '<img src=x>',
    'two\n::set-output name=x::y',
    '%0A::warning::z',
    'esc\u001b[2J',
  ]

  it.each(names)('%j is inert in the comment, the summary, the log and the outputs', async (name) => {
    writeFileSync(
      join(desk().work, 'sso.yaml'),
      manifestText({ ...sections, assignments: [{ groups: ['Staff'], permission_sets: ['Look'], accounts: [name] }] }),
    )
    const { log, summary, outputs } = await act(request())
    const page = `${comments()[0]?.body}${summary}`
    expect(page).not.toContain('\u001b')
    expect(outsideOfCode(page)).not.toMatch(/pwned|@everyone|<img|::set-output|\[2J/)
    expect(commandsIn(log).filter((line) => !/^::(error|notice) file=sso\.yaml,line=\d+,col=\d+::/.test(line))).toEqual(
      [],
    )
    expect(log).not.toContain('\u001b')
    expect(commandsIn(log).length).toBeGreaterThan(0)
    expect(outputs['exit-code']).toBe('1')
    expect(JSON.stringify([log, page, outputs])).not.toContain(token)
  })

  it('are inert where a plan gives them access too', async () => {
    const groups = Object.fromEntries(names.slice(0, 5).map((name) => [name, {}]))
    writeFileSync(join(desk().work, 'sso.yaml'), manifestText({ ...sections, groups }))
    const { log, outputs } = await act(request())
    const [mark, digest, ...rest] = (comments()[0]?.body ?? '').split('\n')
    expect([mark, digest]).toEqual([first, `<!-- sso-reconcile digest ${outputs.digest} -->`])
    const page = rest.join('\n')
    expect(page.replace(/`[^`]*`|<code>.*?<\/code>/g, '')).not.toMatch(/pwned|@everyone|<img/)
    expect(page).not.toMatch(/(?<!\\)<img/)
    expect(commandsIn(log)).toEqual([])
    expect(outputs.creates).toBe('6')
  })

  it('has its check of logs find what the runner would carry out', () => {
    expect(commandsIn('::stop-commands::x\n::error::a\n::x::\n::error::b\nc\n')).toEqual(['::error::b'])
  })

  /** A page without its blocks of code. */
  function outsideOfCode(page: string): string {
    return page.replace(/^(`{3,})text\n[\s\S]*?\n\1$/gm, '').replace(/<!-- .* -->/g, '')
  }

  /** Lines that the runner carries out. */
  function commandsIn(log: string): string[] {
    let stopped: string | undefined
    return log.split('\n').filter((line) => {
      if (stopped !== undefined) {
        if (line === `::${stopped}::`) stopped = undefined
        return false
      }
      stopped = /^::stop-commands::(.+)$/.exec(line)?.[1]
      return stopped === undefined && (/^\s*::/.test(line) || line.includes('##['))
    })
  }
})
