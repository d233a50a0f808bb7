# Each rule rebuilt from its tree, a part a line, under the script's names, up to the part that failed.
cd "$SOURCE"
lode why scripts/deals.lua --text 'On Monday Acme Dams has sold the miller Quarry Hill.'
lode why scripts/deals.lua --text 'Acme Dams has bought the miller Oatfield Group for $ 3 million.' --rule deal.done
