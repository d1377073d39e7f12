"""Watching feeds: asks them politely, runs what is new, tells each new discrepancy once."""

from saydo.desk.watching.channels import Channel, JsonLines, Terminal, check_file
from saydo.desk.watching.feeds import FeedList
from saydo.desk.watching.mail import PASSWORD, Mail, MailTo
from saydo.desk.watching.news import Wanted
from saydo.desk.watching.pace import seconds_of
from saydo.desk.watching.watch import Told, Watch, World
from saydo.desk.watching.webhook import SECRET, Webhook
from saydo.desk.watching.words import clean, message_text

__all__ = [
    "PASSWORD",
    "SECRET",
    "Channel",
    "FeedList",
    "JsonLines",
    "Mail",
    "MailTo",
    "Terminal",
    "Told",
    "Wanted",
    "Watch",
    "Webhook",
    "World",
    "check_file",
    "clean",
    "message_text",
    "seconds_of",
]
