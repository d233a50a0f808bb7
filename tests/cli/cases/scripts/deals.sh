cat > page.txt <<'END'
Mill changes hands

On Monday Acme Dams bought Quarry & Sons for US$5 million. The mill is old, and nobody asked the miller.

Harbour Bank agreed to buy Oatfield Group for about £3.5bn in cash, it said in a statement on Tuesday.
END
lode run -q "$SOURCE/scripts/deals.lua" page.txt | sed "s|$SOURCE/||g"
