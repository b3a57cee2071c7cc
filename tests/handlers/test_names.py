"""Mentions that people typed are shown as names, which notify nobody."""

import make
from make import ADA, ASKER, BEN, NOW, offer_to
from office import Office

from handlers.block_kit import blocks, mentions, mrkdwn, texts
from handlers.conversations import ALL

ASKED = f"What would <@{BEN}> and <@U0NOBODY> say to <@{ASKER}>?"


async def test_the_helpers_card_and_home_show_names_and_mention_nobody(office: Office):
    await office.put(make.person(BEN, real_name="Ben *B*", name="ben"))
    await office.asked(make.helper(ADA), anonymous=True, question=ASKED, tried=f"<@{BEN}>")

    card = await ALL.paint(office.desk, f"offer:{offer_to(ADA)}", ADA, NOW)
    home = await ALL.home.paint(office.desk, ADA, NOW)

    assert card is not None
    assert "What would @Ben *B* and @someone say to @U0Asker?" in str(card.blocks)
    assert "> What would @Ben ∗B∗ and @someone say to @U0Asker?" in card.text
    assert "<@" not in f"{card.text}{card.blocks}"
    assert "What would @Ben *B* and @someone" in str(home["blocks"])


async def test_the_apps_own_mentions_stay(office: Office):
    shown = [blocks.section(f"{mrkdwn.mention(ADA)} asks:"), *texts.whole(f"<@{ADA}>")]

    named = await mentions.in_blocks(office.desk, shown)

    assert named[0] == shown[0]
    assert "@someone" in str(named[1])


async def test_a_sentence_that_quotes_a_mention_shows_the_name(office: Office):
    await office.put(make.person(BEN, real_name="Ben"))

    assert await mentions.in_text(office.desk, f"What is {mrkdwn.quoted(f'<@{BEN}>')}?") == "What is “@Ben”?"


async def test_however_many_are_mentioned_only_some_are_looked_up(office: Office):
    crowd = [make.person(f"U{number:03}", real_name=f"P{number}") for number in range(60)]
    await office.put(*crowd)

    [block] = await mentions.in_blocks(office.desk, texts.whole(" ".join(f"<@{it.id}>" for it in crowd)))

    said = block["elements"][0]["elements"][0]["text"].split()
    assert said == [f"@P{number}" for number in range(mentions.MOST)] + ["@someone"] * 10
