// Stands in for a browser and the person before it: opens the sign-in page, answers it, and follows it back. What it saw last goes into
// the file that BROWSER_NOTE names. BROWSER_ANSWER is allow, deny, stranger, who comes back with another state first, or
// error, which comes back with BROWSER_WORDS; BROWSER_USER signs in.
import { writeFileSync } from 'node:fs'

const {
  BROWSER_ANSWER: answer = 'allow',
  BROWSER_NOTE: note,
  BROWSER_USER: user = 'taro',
  BROWSER_WORDS: words = '',
} = process.env
const address = new URL(process.argv[2])
const decision = answer === 'deny' ? 'deny' : 'allow'
const fields = new URLSearchParams(address.search)
const seen = []

if (answer === 'stranger') {
  const back = new URL(fields.get('redirect_uri'))
  back.search = new URLSearchParams({ state: 'of-somebody-else', code: 'stolen' }).toString()
  seen.push(await look(back))
  seen.push(await look(new URL('/favicon.ico', back)))
}
if (answer === 'error') {
  const back = new URL(fields.get('redirect_uri'))
  const query = { state: fields.get('state'), error: words, error_description: words }
  back.search = new URLSearchParams(query).toString()
  done(await look(back))
}
fields.set('user', user)
fields.set('decision', decision)
const page = await fetch(address)
const decided = page.ok
  ? await fetch(new URL(address.pathname, address), { method: 'POST', body: fields, redirect: 'manual' })
  : page
const location = decided.headers.get('location')
seen.push(location ? await look(new URL(location)) : `${decided.status} ${await decided.text()}`)
done()

function done(...more) {
  if (note) writeFileSync(note, [...seen, ...more].join('\n'))
  process.exit(0)
}

async function look(url) {
  const shown = await fetch(url)
  return `${shown.status} ${await shown.text()}`
}
