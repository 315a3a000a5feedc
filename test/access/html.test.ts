import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { AccessRow } from '../../src/access/rows.ts'
import { accessHtml } from '../../src/report/access/html.ts'
import { shortKeys } from '../../src/report/access/html-keys.ts'
import { newFolder } from '../scenarios/e2e/support/desk.ts'
import { chromium, domOf } from './support/chromium.ts'
import { accessIn } from './support/world.ts'

const hostile = `"><script>document.title='broken'</script><img/src=x/onerror="document.title='broken'">&'`
const notChecked = { applications: 1 }
const facts = { at: new Date('2026-11-22T09:30:00Z'), region: 'ap-northeast-1' }
const access = accessIn({
  users: ['山田太郎', hostile, 'hanako'],
  groups: { '監査</td>': ['hanako'] },
  accounts: { '111122223333': 'home', '444455556666': '検証<b>' },
  assignments: [
    'Admin user 山田太郎 111122223333',
    'Read user 山田太郎 444455556666',
    'Read group 監査</td> 444455556666',
    `Read user ${hostile} 111122223333`,
    'Read user 9067-gone 111122223333',
  ],
})
const page = accessHtml(access, notChecked, facts)

it('holds no name as markup and nothing from outside', () => {
  expect(page).not.toContain(hostile)
  expect(page).not.toContain('<img')
  expect(page).not.toContain('検証<b>')
  expect(page).toContain('検証&lt;b&gt;')
  expect(page.match(/<script/g)).toHaveLength(1)
  expect(page).not.toMatch(/<[a-z][^>]*\s(src|href|action)=|url\(|@import|https?:/)
})

it('forbids the browser everything but its own style and script', () => {
  for (const element of ['style', 'script']) {
    const [, text = ''] = new RegExp(`<${element}>([^]*?)</${element}>`).exec(page) ?? []
    const hash = createHash('sha256').update(text).digest('base64')
    expect(page).toContain(`${element}-src 'sha256-${hash}'`)
  }
  expect(page).toContain("default-src 'none'")
})

it('says so when there is nothing to show', () => {
  const empty = accessHtml(accessIn({}), notChecked, facts)
  expect(empty).toContain('<p>Nobody has access.</p>')
  expect(empty).toContain('Not checked: 1 application in IAM Identity Center')
  expect(empty).not.toContain('<script')
})

it.each([
  ['names of other words', ['AdministratorAccess', 'ReadOnlyAccess'], ['AA', 'ROA']],
  ['names with the same initials', ['AdministratorAccess', 'AuditAccess', 'AnyAccess'], ['AA', 'AA2', 'AA3']],
  ['names without capitals', ['billing', 'ops'], ['bil', 'ops']],
  ['names that look like keys', ['T1A', 'T1A2X', 'TT1', 'TeamT1'], ['T1A', 'T1A2', 'TT1', 'TT1.2']],
])('has a short key for each of %s', (_what, names, keys) => {
  expect(shortKeys(names)).toEqual(keys)
})

if (!chromium) process.stdout.write('skipped: the page in a browser (no chromium on this machine)\n')

describe.skipIf(!chromium)('in a browser', () => {
  const open = (html: string, width?: number) => {
    const folder = newFolder()
    writeFileSync(join(folder, 'page.html'), html)
    return domOf(join(folder, 'page.html'), join(folder, 'profile'), width)
  }
  // The page's own policy would not let this script run.
  const driven = (html: string, script: string, width?: number) => {
    const own = html.replace(/<meta http-equiv[^>]*>/, '').replace('</body>', `<script>${script}</script></body>`)
    const [, title = '{}'] = /<title>(.*)<\/title>/.exec(open(own, width)) ?? []
    return JSON.parse(title.replaceAll('&lt;', '<').replaceAll('&gt;', '>'))
  }

  it('shows the search, counts every way in, and runs nothing that a name brought along', () => {
    const dom = open(page)
    expect(dom).toContain('<form role="search">')
    expect(dom).toContain('5 of 5')
    expect(dom).toContain('<title>Access, ap-northeast-1, 2026-11-22 09:30 UTC</title>')
  })

  it('does not run a script that was added to it', () => {
    expect(open(page.replace('</body>', '<script>document.title = "added"</script></body>'))).not.toContain(
      '<title>added',
    )
  })

  it('has its table cells where they belong', () => {
    const dom = open(page)
    const body = dom.slice(dom.indexOf('<table id="list">'))
    expect(body.match(/<tr data-u/g)).toHaveLength(5)
    expect(body.match(/<td/g)).toHaveLength(5 * 7)
  })

  it.each([1200, 900])('shows every column of the list, with long names in it, at %i pixels', (width) => {
    const long = (row: AccessRow) => ({
      ...row,
      user: `${row.user}.von-hohenfels-schwarzburg@corp-engineering.example`,
      account_label: 'workload-data-platform-production-environment',
      ...(row.group ? { group: 'Platform Engineering On-Call Administrators' } : {}),
    })
    const wide = accessHtml({ ...access, rows: access.rows.map(long) }, notChecked, facts)
    const measure = `
      const box = document.getElementById('list').parentElement
      document.title = JSON.stringify({ hidden: box.scrollWidth - box.clientWidth, window: innerWidth })`
    expect(driven(wide, measure, width)).toEqual({ hidden: 0, window: width })
  })

  it('narrows list, rows, columns and sets to what was searched', () => {
    const drive = `
      const form = document.querySelector('form')
      form.elements.user.value = '山田'
      form.elements.set.value = 'read'
      form.dispatchEvent(new Event('input'))
      const seen = (selector) => [...document.querySelectorAll(selector)]
        .filter((one) => one.getClientRects().length > 0).map((one) => one.textContent.trim())
      document.title = JSON.stringify({
        count: form.querySelector('output').textContent,
        across: seen('#matrix thead th + th'),
        down: seen('#matrix tbody th'),
        marks: seen('#matrix abbr'),
      })`
    expect(driven(page, drive)).toEqual({
      count: '1 of 5',
      across: ['検証<b>'],
      down: ['山田太郎'],
      marks: ['Rea'],
    })
  })
})
