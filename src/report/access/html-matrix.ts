import type { AccessRow } from '../../access/rows.ts'
import { grouped } from '../../model/grouped.ts'
import { escapeHtml } from '../../text/html.ts'
import type { Index, Numbered, NumberedSet } from './html-keys.ts'
import { wayOf } from './words.ts'

type Axis = 'user' | 'account'

/** Users against accounts, permission sets by their keys in the cells. The longer of both goes down the page. Pure. */
export function matrixHtml(rows: readonly AccessRow[], index: Index): string {
  const down: Axis = index.users.size > index.accounts.size ? 'user' : 'account'
  const across: Axis = down === 'user' ? 'account' : 'user'
  const columns = [...axis(index, across).values()]
  const head = columns.map(({ label }) => `<th scope=col><span>${escapeHtml(label)}</span>`).join('')
  const cells = grouped(rows.map((row) => [`${row[down]}\n${row[across]}`, row]))
  const keys = [...axis(index, across).keys()]
  const body = [...axis(index, down)].map(
    ([key, { label, number }]) =>
      `<tr data-n=${number}><th scope=row${title(down, key, label)}>${escapeHtml(label)}${keys
        .map((column) => `<td>${cellHtml(cells.get(`${key}\n${column}`) ?? [], index)}`)
        .join('')}`,
  )
  return `<table id=matrix data-down=${down} data-sets=${index.sets.size}>
<caption>${down === 'user' ? 'Users down, accounts across' : 'Accounts down, users across'}</caption>
<thead><tr><th scope=col>${down === 'user' ? 'User' : 'Account'}${head}
<tbody>
${body.join('\n')}
</table>`
}

function axis(index: Index, name: Axis): ReadonlyMap<string, Numbered> {
  return name === 'user' ? index.users : index.accounts
}

function title(down: Axis, key: string, label: string): string {
  return down === 'account' && key !== label ? ` title="${escapeHtml(key)}"` : ''
}

// A set held in several ways is one mark: the list below tells the ways apart.
function cellHtml(rows: readonly AccessRow[], { sets }: Index): string {
  const names = [...new Set(rows.map((row) => row.permission_set))]
  return names
    .map((name) => {
      const set = sets.get(name)
      const ways = rows.filter((row) => row.permission_set === name).map(wayOf)
      return set ? mark(set, ways) : ''
    })
    .join(' ')
}

function mark({ number, key, label, duration, administrative }: NumberedSet, ways: readonly string[]): string {
  const told = `${label} ${duration}, ${ways.join(' and ')}${administrative ? ', administrator' : ''}`
  return `<abbr class="s${number}${administrative ? ' full' : ''}" title="${escapeHtml(told)}">${escapeHtml(key)}${administrative ? '★' : ''}</abbr>`
}
