--- English words that stand before a person's name: data, read by quotes.lua.
---
--- Folded, one word each ("press secretary" is two).  A word here never becomes part of a name.
return [[
  mr mr. mrs mrs. ms ms. miss dr dr. prof prof. professor sir lord lady dame rev rev. reverend father sister bishop
  archbishop cardinal pope rabbi imam sheikh king queen prince princess emperor sultan emir duke duchess
  president vice-president chancellor premier minister secretary undersecretary deputy ambassador envoy consul attaché
  senator sen sen. congressman congresswoman representative rep rep. governor gov gov. mayor councillor cllr 
  councilman councilwoman alderman assemblyman assemblywoman delegate lawmaker legislator speaker whip mp mep
  senators governors representatives reps. sens. actor actress singer rapper comedian pastor
  judge justice magistrate prosecutor attorney lawyer solicitor counsel sheriff marshal chief commissioner inspector
  detective constable officer superintendent
  general gen gen. admiral adm adm. colonel col col. major maj maj. captain capt capt. lieutenant lt lt. commander
  cmdr sergeant sgt sgt. corporal private brigadier field
  director manager chairman chairwoman chairperson chair head ceo cfo founder co-founder owner executive
  editor reporter correspondent columnist author journalist commentator anchor host presenter producer publisher
  spokesman spokeswoman spokesperson aide adviser advisor strategist pollster analyst consultant economist scientist
  researcher historian expert specialist teacher student farmer activist organizer organiser volunteer coach captain
  candidate nominee contender frontrunner rival incumbent challenger
  foreign prime press state defense defence interior finance treasury energy justice national special presidential
  acting interim former ex late retired senior junior assistant associate
]]
