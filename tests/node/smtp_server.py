"""A mail server for tests: Debian's aiosmtpd, whose answers are what a file says at that moment.

    smtp_server.py FOLDER PORT [--user NAME PASSWORD] [--tls CERTIFICATE KEY]

FOLDER/rules.json: {"rcpt": "450 ...", "data": "554 ...", "cut": "rcpt" or "data"}.  FOLDER/events.jsonl: a line for each
recipient named and each mail taken, this one with what Python's own mail parser reads out of it.
"""
import argparse
import asyncio
import email
import email.policy
import json
import pathlib
import ssl

from aiosmtpd.smtp import SMTP, AuthResult


class Handler:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)

    def rule(self, name):
        return json.loads((self.folder / 'rules.json').read_text()).get(name)

    def note(self, **event):
        with open(self.folder / 'events.jsonl', 'a', encoding='utf-8') as f:
            f.write(json.dumps(event) + '\n')

    def answer(self, server, step):
        if self.rule('cut') == step:
            server.transport.abort()
        return self.rule(step)

    async def handle_RCPT(self, server, session, envelope, address, options):
        self.note(event='rcpt', address=address)
        refusal = self.answer(server, 'rcpt')
        if refusal:
            return refusal
        envelope.rcpt_tos.append(address)
        return '250 OK'

    async def handle_DATA(self, server, session, envelope):
        raw = envelope.content
        mail = email.message_from_bytes(raw, policy=email.policy.default)
        refusal = self.answer(server, 'data')
        self.note(event='refused' if refusal else 'mail', sender=envelope.mail_from, recipients=envelope.rcpt_tos,
                  headers=[[k, str(v)] for k, v in mail.items()], text=mail.get_content(), type=mail.get_content_type(),
                  defects=[str(d) for d in mail.defects], longest=max(len(line) for line in raw.split(b'\r\n')),
                  ascii=raw.isascii(), user=session.auth_data.login.decode() if session.auth_data else None)
        return refusal or '250 OK'


def authenticator(name, password):
    def check(server, session, envelope, mechanism, data):
        right = data.login == name.encode() and data.password == password.encode()
        return AuthResult(success=right, handled=True if right else False, auth_data=data)
    return check


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('folder')
    parser.add_argument('port', type=int)
    parser.add_argument('--user', nargs=2)
    parser.add_argument('--tls', nargs=2)
    args = parser.parse_args()
    context = None
    if args.tls:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(*args.tls)
    signing = {'authenticator': authenticator(*args.user), 'auth_required': True, 'auth_require_tls': False} if args.user else {}
    loop = asyncio.new_event_loop()
    make = lambda: SMTP(Handler(args.folder), hostname='test', loop=loop, decode_data=False, **signing)
    loop.run_until_complete(loop.create_server(make, '127.0.0.1', args.port, ssl=context))
    print('ready', flush=True)
    loop.run_forever()


main()
