"""Landmarks of Zhangzhou: name; other names | English | kind | metres east and north of 胜利路 x 延安路.

Names are real, positions are drawn from memory of what lies where; the pack says that it is schematic.
"""

from __future__ import annotations

LANDMARKS = """
漳州医院;漳州市医院;市医院|Zhangzhou Hospital|hospital|-360,70
漳州市中医院;市中医院|Zhangzhou TCM Hospital|hospital|2060,-170
漳州市第三医院;市三院;第三医院|Zhangzhou Third Hospital|hospital|2600,-370
漳州市妇幼保健院;市妇幼|Maternity and Child Hospital|hospital|1170,150
第909医院;175医院;一七五医院|909th Hospital|hospital|280,2120
漳州正兴医院;正兴医院|Zhengxing Hospital|hospital|3500,1590
漳州市皮肤病防治院|Dermatology Clinic|hospital|-1130,-220
芗城中医院|Xiangcheng TCM Hospital|hospital|-860,-380
龙文区医院|Longwen District Hospital|hospital|4720,660
漳州市疾控中心;市疾控|Disease Control Centre|hospital|2480,1380
漳州一中;一中;市一中;漳州一中芝山校区|Zhangzhou No. 1 School|school|-760,250
漳州一中碧湖校区|No. 1 School Bihu Campus|school|4230,-960
漳州三中;三中;市三中|Zhangzhou No. 3 School|school|1130,-230
漳州二中;二中|Zhangzhou No. 2 School|school|-1470,-180
漳州五中;五中|Zhangzhou No. 5 School|school|450,-430
漳州七中|Zhangzhou No. 7 School|school|1560,-460
漳州八中|Zhangzhou No. 8 School|school|-1560,1180
漳州实验中学|Experimental Middle School|school|-1620,520
漳州外国语学校|Foreign Language School|school|-420,-110
漳州正兴学校|Zhengxing School|school|3650,1700
漳州立人学校|Liren School|school|5180,1080
龙文中学|Longwen Middle School|school|5230,600
漳州市实验小学;实验小学|Experimental Primary School|school|-80,-190
西桥中心小学;西桥小学|Xiqiao Primary School|school|-560,-590
巷口中心小学;巷口小学|Xiangkou Primary School|school|850,340
通北中心小学;通北小学|Tongbei Primary School|school|470,1680
新桥中心小学;新桥小学|Xinqiao Primary School|school|880,-470
东铺头中心小学|Dongputou Primary School|school|-330,440
芝山中心小学;芝山小学|Zhishan Primary School|school|-2100,1080
石亭中心小学|Shiting Primary School|school|-1480,2030
南坑中心小学|Nankeng Primary School|school|2030,820
诗浦小学|Shipu Primary School|school|2160,-830
龙文实验小学|Longwen Primary School|school|4310,430
步文中心小学|Buwen Primary School|school|3560,880
碧湖小学|Bihu Primary School|school|4620,-620
蓝田中心小学|Lantian Primary School|school|5720,520
市机关幼儿园|City Kindergarten|school|-220,170
闽南师范大学;闽南师大;漳州师院;师院|Minnan Normal University|university|-410,800
漳州职业技术学院;漳州职院|Zhangzhou Polytechnic|university|-1680,1380
漳州卫生职业学院;卫职院|Health Vocational College|university|-2080,1740
漳州城市职业学院;城市学院|City University|university|1560,1680
漳州古城;古城|Zhangzhou Old Town|culture|-380,-430
漳州文庙;文庙|Confucian Temple|culture|-240,-440
石牌坊;香港路石牌坊|Stone Archways|culture|-340,-560
林氏宗祠;比干庙|Lin Clan Hall|culture|-420,-330
漳州府衙旧址|Old Prefecture Hall|culture|90,-180
威镇阁;八卦楼|Weizhen Pavilion|culture|1190,-800
漳州市博物馆;市博物馆|City Museum|culture|4610,-130
漳州市图书馆;市图书馆|City Library|culture|4720,-390
漳州市科技馆;科技馆|Science Hall|culture|4640,-600
芝山红楼|Zhishan Red House|culture|-690,390
工人文化宫|Workers' Palace|culture|130,170
市青少年宫;青少年宫|Youth Palace|culture|1270,150
闽南日报社|Minnan Daily|culture|-840,110
漳州广播电视台;漳州电视台|Zhangzhou TV|culture|2020,1510
芗剧院;漳州芗剧团|Xiang Opera House|culture|250,-330
南山寺|Nanshan Temple|temple|420,-1330
东岳庙|Dongyue Temple|temple|1640,-190
威惠庙;官园威惠庙|Weihui Temple|temple|1200,330
浦头大庙;崇福宫|Putou Temple|temple|1060,-640
伽蓝庙|Qielan Temple|temple|-110,-320
东坂后礼拜堂|Dongbanhou Church|temple|50,-550
西桥亭|Xiqiao Pavilion|temple|-820,-560
中山公园|Zhongshan Park|park|170,-200
芝山公园|Zhishan Park|park|-720,500
九龙公园|Jiulong Park|park|1800,-470
江滨公园|Riverside Park|park|300,-730
碧湖公园;碧湖生态园;碧湖生态公园|Bihu Park|park|3450,-470
西湖生态园;西湖公园;西院湖公园|West Lake Park|park|-2150,-120
西溪亲水公园|Xixi Waterfront Park|park|2620,-1420
郊野公园|Country Park|park|6480,-1050
漳滨公园|Zhangbin Park|park|4820,-1560
大通北公园|Datongbei Park|park|560,900
市体育场;漳州体育场|City Stadium|sports|1180,800
市体育馆;漳州体育馆|City Gymnasium|sports|1480,780
漳州体育训练基地;女排基地;女排训练基地|Volleyball Training Base|sports|1120,450
市游泳馆|Swimming Hall|sports|1540,900
龙文体育中心|Longwen Sports Centre|sports|5560,1080
通北市场|Tongbei Market|market|330,1560
东铺头市场|Dongputou Market|market|-200,330
北桥市场|Beiqiao Market|market|150,330
巷口市场|Xiangkou Market|market|770,110
新桥市场|Xinqiao Market|market|520,-690
西桥市场|Xiqiao Market|market|-880,-470
洋老洲市场|Yanglaozhou Market|market|-240,-690
浦头市场|Putou Market|market|1150,-480
瑞京市场|Ruijing Market|market|-1130,340
官园市场|Guanyuan Market|market|1220,420
南坑市场|Nankeng Market|market|1880,700
诗浦市场|Shipu Market|market|2140,-620
步文市场|Buwen Market|market|3640,690
蓝田市场|Lantian Market|market|5660,220
金峰市场|Jinfeng Market|market|-2340,730
石亭市场|Shiting Market|market|-900,2020
漳州万达广场;碧湖万达;万达广场|Wanda Plaza|mall|3190,-160
沃尔玛购物广场;沃尔玛|Walmart|mall|1810,110
新华都购物广场;新华都|New Huadu|mall|120,80
中闽百汇|Zhongmin Baihui|mall|150,-70
大润发|RT-Mart|mall|1460,-110
永辉超市丹霞店;永辉超市|Yonghui Danxia Store|mall|1640,350
永辉超市龙文店|Yonghui Longwen Store|mall|4260,120
明发商业广场;明发广场|Mingfa Plaza|mall|3050,-880
红星美凯龙|Macalline Furniture|mall|4290,310
华联商厦|Hualian Department Store|mall|70,-80
荣昌广场|Rongchang Plaza|mall|3630,-950
丹霞商贸城|Danxia Trade City|mall|1790,480
漳州电脑城|Computer Market|mall|720,-90
金峰建材市场|Jinfeng Building Market|mall|-2620,560
漳州客运中心站;漳州客运中心;客运中心|Zhangzhou Coach Station|transport|3160,1130
胜利路公交总站;公交总站|Shengli Bus Terminal|transport|1520,-70
瑞京公交场站|Ruijing Bus Terminal|transport|-1330,720
碧湖公交场站|Bihu Bus Terminal|transport|4340,-880
金峰公交场站|Jinfeng Bus Terminal|transport|-2360,1500
战备大桥;丹霞大桥|Zhanbei Bridge|bridge|1665,-1180
旧桥头|Old Bridge Head|bridge|10,-800
漳州市人民政府;市政府|City Government|government|-150,85
芗城区人民政府;芗城区政府;区政府|Xiangcheng District Government|government|430,640
龙文区人民政府;龙文区政府|Longwen District Government|government|4090,310
漳州市公安局;市公安局|City Public Security Bureau|police|1850,1370
芗城公安分局|Xiangcheng Police Branch|police|640,1060
龙文公安分局|Longwen Police Branch|police|4210,1370
交警支队|Traffic Police|police|2540,880
市中级人民法院;漳州中院|Intermediate Court|government|2480,1560
市人民检察院;市检察院|City Procuratorate|government|2640,1570
市行政服务中心;行政服务中心|Service Hall|government|3300,290
市税务局|Tax Office|government|1880,60
市消防救援支队;消防支队|Fire and Rescue|government|2170,1230
市急救中心;120急救中心|Ambulance Centre|hospital|-300,140
金峰开发区管委会|Jinfeng Zone Office|government|-2560,1240
蓝田开发区管委会|Lantian Zone Office|government|6180,930
市民政局|Civil Affairs Bureau|government|560,290
市邮政局;邮政大楼|Post Office|government|60,-150
工商银行漳州分行;工商银行|ICBC Zhangzhou|bank|360,40
农业银行漳州分行;农业银行|ABC Zhangzhou|bank|960,40
中国银行漳州分行;中国银行|Bank of China Zhangzhou|bank|-700,70
建设银行漳州分行;建设银行|CCB Zhangzhou|bank|1410,300
兴业银行漳州分行;兴业银行|Industrial Bank|bank|2210,60
邮储银行漳州分行;邮储银行|Postal Savings Bank|bank|3010,130
农商银行龙文支行|Rural Bank Longwen|bank|4500,280
金店一条街|Jewellers' Row|shop|110,-110
漳州宾馆|Zhangzhou Hotel|hotel|-560,80
芗江酒店|Xiangjiang Hotel|hotel|70,-640
漳州大酒店|Zhangzhou Grand Hotel|hotel|860,-90
华侨饭店|Overseas Chinese Hotel|hotel|90,130
皇冠假日酒店|Crowne Plaza|hotel|4700,1340
片仔癀药业;片仔癀|Pien Tze Huang|factory|-1020,500
金峰工业区|Jinfeng Industrial Zone|factory|-2620,1420
蓝田工业园|Lantian Industrial Park|factory|6320,640
漳州糖厂;漳糖|Zhangzhou Sugar Works|factory|2600,1270
金宝小区|Jinbao Estate|community|-960,780
瑞园小区|Ruiyuan Estate|community|-1120,900
水仙花小区|Narcissus Estate|community|-1040,1180
南昌小区|Nanchang Estate|community|-240,540
龙江小区|Longjiang Estate|community|-760,720
县后|Xianhou|community|-300,600
华南小区|Huanan Estate|community|-1800,-420
加禾小区|Jiahe Estate|community|-1640,-280
南星小区|Nanxing Estate|community|-620,-1380
钟芬小区|Zhongfen Estate|community|-1060,-640
下沙|Xiasha|community|1060,-800
元南小区|Yuannan Estate|community|1240,-520
悦华小区|Yuehua Estate|community|2200,-420
悦港小区|Yuegang Estate|community|2520,-900
新城小区|Xincheng Estate|community|1870,-920
榕御|Rongyu Estate|community|2700,-1120
苍园小区|Cangyuan Estate|community|820,640
鑫荣小区|Xinrong Estate|community|1020,1140
塔后|Tahou|community|560,760
东园小区|Dongyuan Estate|community|1180,640
腾飞小区|Tengfei Estate|community|2440,1120
龙通小区|Longtong Estate|community|2440,1900
华元小区|Huayuan Estate|community|1620,1220
群裕小区|Qunyu Estate|community|1880,1760
岱山|Daishan|community|1900,2600
桃林|Taolin|community|1660,2050
金冠小区|Jinguan Estate|community|2600,720
和平里|Hepingli|community|900,1700
宝珠园|Baozhuyuan|community|1060,2120
湖内小区|Hunei Estate|community|-220,2000
西洋坪|Xiyangping|community|-1020,2480
金湖小区|Jinhu Estate|community|120,2020
大通北|Datongbei|community|480,1150
惠民花园|Huimin Garden|community|-1760,1260
锦鸿小区|Jinhong Estate|community|-1560,760
康山|Kangshan|community|-2250,960
渡头|Dutou|community|-2560,60
上坂|Shangban|community|-2660,740
前山|Qianshan|community|-2300,1840
田边|Tianbian|community|-1600,1900
寮里|Liaoli|community|-1780,2250
天亭|Tianting|community|3120,820
锦绣小区|Jinxiu Estate|community|3560,420
香榭小区|Xiangxie Estate|community|4180,760
石仓|Shicang|community|4560,1760
长福|Changfu|community|3560,1960
莲花小区|Lianhua Estate|community|3100,1760
下洲|Xiazhou|community|3500,-1300
后坂|Houban|community|4200,-1450
融信小区|Rongxin Estate|community|4660,-1020
建发小区|Jianfa Estate|community|4120,-430
鹤鸣|Heming|community|5260,-420
梧店|Wudian|community|5750,-1100
湘桥|Xiangqiao|community|5700,-560
圳头|Zhentou|community|6230,-420
小港|Xiaogang|community|6260,60
东屿|Dongyu|community|6560,-200
蔡坂|Caiban|community|5650,1750
"""

# Fixed alarm buttons: the name of a landmark above, and what kind of alarm.
ALARM_POINTS = """
工商银行漳州分行|bank
农业银行漳州分行|bank
中国银行漳州分行|bank
建设银行漳州分行|bank
兴业银行漳州分行|bank
邮储银行漳州分行|bank
农商银行龙文支行|bank
金店一条街|jeweller
漳州医院|hospital
漳州市中医院|hospital
漳州市妇幼保健院|hospital
漳州正兴医院|hospital
漳州一中|school
漳州三中|school
漳州市实验小学|school
西桥中心小学|school
龙文实验小学|school
市机关幼儿园|school
漳州客运中心站|transport
漳州万达广场|mall
闽南师范大学|school
片仔癀药业|factory
"""
