import json
import os
import sys

os.environ['HOME'] = os.environ['TEST_HOME']

import getpass

getpass.getpass = lambda *_: '123456'

import botocore.credentials
import botocore.session

# Only renewing a console login needs the extra package; reading a cached one does not.
if getattr(botocore.credentials, 'EC', True) is None:
    botocore.credentials.EC = object()


def who(situation):
    for name in [name for name in os.environ if name.startswith('AWS_')]:
        del os.environ[name]
    os.environ.update(situation['env'])
    os.environ['AWS_CONFIG_FILE'] = situation['config']
    os.environ['AWS_SHARED_CREDENTIALS_FILE'] = situation['credentials']
    try:
        session = botocore.session.Session(profile=situation.get('profile'))
        credentials = session.get_credentials()
        return credentials.get_frozen_credentials().access_key if credentials else 'nobody: no provider'
    except Exception as error:
        return f'nobody: {type(error).__name__}: {error}'


json.dump([who(one) for one in json.load(sys.stdin)], sys.stdout)
