import { openStore } from '../../../src/sandbox/state/store.ts'

// Adds one to the same row again and again, and says so after each time; compacts all the while.
const [file = '', writer = '', times = '0'] = process.argv.slice(2)
const store = openStore(file, () => ({}), writer, 3000)
for (let n = 0; n < Number(times); n += 1) {
  const total = store.run((state) => {
    const next = Number(state.rows('home').get('count')?.account ?? 0) + 1
    state.put('home', 'count', { account: String(next), region: writer })
    return next
  })
  process.stdout.write(`${total}\n`)
}
store.close()
