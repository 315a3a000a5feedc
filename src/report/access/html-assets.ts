import { pageStyle } from '../html-style.ts'

/** Style of the pages about access: headings that stay in sight. */
export const style = `${pageStyle}form{display:flex;flex-wrap:wrap;gap:.75rem 1rem;align-items:end;margin:1.25rem 0 0;padding:.75rem 1rem;border:1px solid var(--line);border-radius:.5rem;background:var(--band)}
form[hidden]{display:none}label{display:grid;gap:.2rem;font-size:.85rem;color:var(--faint)}label.tick{display:flex;gap:.4rem;align-items:center;padding-bottom:.45rem}
input{font:inherit;color:inherit}input[type=search]{width:14rem;max-width:100%;padding:.35rem .5rem;border:1px solid var(--line);border-radius:.35rem;background:var(--ground);color:var(--text)}
output{padding-bottom:.4rem;font-variant-numeric:tabular-nums}
.scroll{overflow:auto;max-height:80vh;border:1px solid var(--line);border-radius:.5rem}
table{border-collapse:separate;border-spacing:0;font-size:.9rem}caption{text-align:left;padding:.4rem .6rem;font-size:.8rem}
th,td{padding:.25rem .6rem;text-align:left;vertical-align:top;border-bottom:1px solid var(--line);white-space:nowrap}
thead th{position:sticky;top:0;z-index:2;background:var(--band);font-weight:600}
#matrix td{border-left:1px solid var(--line);text-align:center}
#matrix tbody th{position:sticky;left:0;z-index:1;background:var(--band);font-weight:500;max-width:18rem;overflow:hidden;text-overflow:ellipsis}
#matrix thead th:first-child{left:0;z-index:3;vertical-align:bottom}
#matrix thead th+th{vertical-align:bottom;border-left:1px solid var(--line)}
#matrix thead th+th{text-align:center}
#matrix thead span{display:inline-block;writing-mode:vertical-rl;transform:rotate(180deg);max-height:14rem;overflow:hidden;text-overflow:ellipsis}
#list{width:100%}#list td{white-space:normal}#list td:is(:nth-child(1),:nth-child(2),:nth-child(4),:nth-child(6),:nth-child(8)){overflow-wrap:anywhere;min-width:7rem}
tbody tr:hover>*{background:var(--band)}abbr{text-decoration:none;cursor:help;font-variant-numeric:tabular-nums}
.full{color:var(--full);font-weight:600}abbr.full{background:var(--fullground);border-radius:.25rem;padding:0 .25rem}.gone{color:var(--gone)}
@media print{form{display:none}.scroll{max-height:none;overflow:visible;border:0}thead th{position:static}}
`

/** Search. Everything is on the page already; this only hides what does not match. */
export const script = `
(() => {
  const form = document.querySelector('form')
  const list = [...document.querySelectorAll('#list tbody tr')]
  const texts = list.map((row) => {
    const cell = (at) => row.cells[at].textContent.toLowerCase()
    return { user: cell(0), account: cell(1) + ' ' + cell(2), set: cell(3), full: row.hasAttribute('data-full') }
  })
  const matrix = document.getElementById('matrix')
  const down = matrix && matrix.dataset.down
  const sheet = document.styleSheets[0]
  const count = form.querySelector('output')
  const rules = []
  const shown = { u: new Set(), a: new Set(), s: new Set() }
  const hide = (selectors) => {
    if (selectors.length === 0) return
    sheet.insertRule(selectors.join(',') + '{display:none}', sheet.cssRules.length)
    rules.push(1)
  }
  const update = () => {
    const words = (name) => form.elements[name].value.toLowerCase().split(/\\s+/).filter(Boolean)
    const wanted = { user: words('user'), account: words('account'), set: words('set') }
    const full = form.elements.full.checked
    for (const key of ['u', 'a', 's']) shown[key].clear()
    let left = 0
    list.forEach((row, index) => {
      const text = texts[index]
      const match = (!full || text.full) && ['user', 'account', 'set'].every((key) => wanted[key].every((word) => text[key].includes(word)))
      row.hidden = !match
      if (!match) return
      left += 1
      for (const key of ['u', 'a', 's']) shown[key].add(Number(row.dataset[key]))
    })
    count.textContent = left + ' of ' + list.length
    while (rules.pop()) sheet.deleteRule(sheet.cssRules.length - 1)
    if (!matrix) return
    const [rows, columns] = down === 'user' ? [shown.u, shown.a] : [shown.a, shown.u]
    for (const row of matrix.tBodies[0].rows) row.hidden = !rows.has(Number(row.dataset.n))
    const across = matrix.tHead.rows[0].cells.length - 1
    const gone = []
    for (let number = 0; number < across; number++) if (!columns.has(number)) gone.push('#matrix tr>:nth-child(' + (number + 2) + ')')
    hide(gone)
    const sets = Number(matrix.dataset.sets)
    const other = []
    for (let number = 0; number < sets; number++) if (!shown.s.has(number)) other.push('#matrix .s' + number)
    hide(other)
  }
  form.hidden = false
  form.addEventListener('input', update)
  form.addEventListener('submit', (event) => event.preventDefault())
  update()
})()
`
