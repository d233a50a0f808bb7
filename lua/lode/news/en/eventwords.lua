--- English words of events: what says that a meeting is only proposed, was held, denied, ...: data, read by
--- lua/lode/news/events.lua.
---
--- A cue is a phrase.  `before` stand in front of the event's word, `after` behind it, `around` on either side; the number is
--- how many tokens may lie between.  Of several the status with the highest rank wins.  `pseudo` are phrases that look like a
--- cue and are none.
return {
  cues = {
    { "held", rank = 1, reach = 8,
      before = [[ held/hosted/following/followed a/follows a/followed the/after/attended/during the/at the/at a/met/since the/recent/had/concluded/ended/left the/from the/
        first/failed/last week's/resumed/]],
      after = [[ ended/concluded/took place/was held/were held/broke up/lasted/began/yielded/failed/produced/broke off/went on ]] },
    { "expected", rank = 2, reach = 9,
      before = [[ will/'ll/would/was to/were to/expected to/expected/scheduled/is due/are due/due to/planned/plans to/plan to/upcoming/to be held/set to/is to/are to/
        preparing for/prepares for/ahead of/next/future/coming/forthcoming ]],
      after = [[ will/is to/are to/is due/are due/is expected/are expected/is scheduled/scheduled for/are scheduled/due on/is set for/is planned/later this/
        next week/next month/next year/tomorrow ]] },
    { "proposed", rank = 3, reach = 7,
      before = [[ possible/potential/proposed/prospective/could/may/might/would like/sought/seeks/seek/seeking/offered/offers/invited/invites/
        suggested/suggests/proposes/propose/proposing/preparations/prospect/prospects/possibility/likelihood/opportunity/proposal/floated/floating/
        calls for/called for/urged/urges/facilitate/broker/mediate/arrange/arrangements for/desire/interest in/idea of/openness to/wants/want/wanted/
        hopes/hoped/ready for/ready to/willing to/willingness/openness/discussed/considering/considered/should/like to/push for/pushed for/pressing for/
        aims/aimed/trying/tried/efforts/effort/demanded/demands/requested/asked for/let 's/chance of/talk of/whether ]],
      after = [[ could/may/might/is possible/was proposed/were proposed/was suggested/underway/being prepared/in preparation/under discussion/on the table/to be determined/would ]] },
    { "agreed", rank = 4, reach = 10,
      before = [[ agreed/agree/agrees/accepted/accepts/accept/confirmed that/confirmed a/confirms/signed off/arranged/agreement on/agreement to ]],
      after = [[ was agreed/were agreed/has been agreed/had been agreed/is agreed/was arranged/was accepted/is confirmed/was confirmed/had been fixed ]] },
    { "conditional", rank = 5, reach = 24, condition = true,
      after = [[ if/unless/only after/only if/only when/on condition/provided that/provided/as long as/should only/so long as/only once ]],
      before = [[ if/unless/only after/on condition/as long as/provided ]] },
    { "postponed", rank = 6, reach = 12, around = [[ postponed/put off/delayed/postponement/postpone ]] },
    { "cancelled", rank = 7, reach = 12,
      around = [[ cancelled/canceled/called off/scrapped/abandoned/call off/cancel/cancels/cancellation ]] },
    { "denied", rank = 8, reach = 14,
      before = [[ denied/denies/deny/denying/ruled out/rules out/rule out/rejected/rejects/reject/refused/refuses/refuse/declined/declines/
        no plans/not agreed/dismissed/no/never/not planned/not/n't/nothing about/turned down ]],
      after = [[ was ruled out/is not planned/are not planned/not take place/not been agreed/never took place/was denied/is planned , /was rejected/
        not happen/is out of the question ]] },
  },
  pseudo = [[ not ruled out/not rule out/no longer/not only/no doubt/not to mention/agreed that/not denied/has not denied/no one/not yet/
    refused to rule out/will tell/would n't rule out/doubt that ]],

  --- Groups that stand for those who were named before.
  group = [[ leaders presidents sides men women ministers premiers envoys countries nations parties delegations governments heads ]],
  --- Who a country's word stands for.
  heads = [[ leaders presidents ministers envoys officials delegations representatives premiers negotiators diplomats chancellors heads sides
    leader president chancellor premier ]],
  head_roles = [[ president premier chancellor king queen leader ruler prime ]],
  --- Somebody who is between the two, not one of them.
  broker = [[ broker brokered brokers mediate mediated facilitate facilitated arrange arranged host hosted urge urged ]],
  topic = [[ on about over regarding concerning ]],
  purpose = [[ discuss discussing address addressing focusing focused focus aimed resolve resolving ]],
  --- What may stand between those who meet and the word for it: "have agreed to hold talks".
  holds = [[ agreed agree agrees hold held holding have has had will would may might could can should plan planned plans want wants accept
    accepted accepts attend attended attending began begin begun resume resumed ended concluded discuss discussed propose proposed engaged
    had opened scheduled are were ]],
  --- "during the summit", "after the talks": they are under way or over.
  setting = [[ during after following since ]],
}
