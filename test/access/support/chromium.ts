import { execFileSync, spawnSync } from 'node:child_process'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** The browser to test with; undefined where none is installed. SSO_RECONCILE_CHROMIUM names another. */
export const chromium = [process.env.SSO_RECONCILE_CHROMIUM ?? '', ...names].find(
  (name) => name !== '' && spawnSync(name, ['--version']).status === 0,
)

/** The document as it stands after its scripts have run, in a window of so many pixels. */
export function domOf(file: string, profile: string, width = 800): string {
  const flags = [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    `--user-data-dir=${profile}`,
    '--virtual-time-budget=2000',
    `--window-size=${width},900`,
  ]
  return execFileSync(chromium ?? '', [...flags, '--dump-dom', `file://${file}`], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
}
