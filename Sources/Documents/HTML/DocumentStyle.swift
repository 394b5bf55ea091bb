/// The look of official documents in CSS (GB/T 9704-2012; domain §12.3): on screen a sheet, in print the type area of
/// 156 × 225 mm with 22 lines of 28 characters.
public enum DocumentStyle {
    static let songti = #""宋体","SimSun","AR PL SungtiL GB","Noto Serif CJK SC",serif"#

    /// For a page that shows documents among other things. Everything is under `.gw`.
    public static let css = #"""
        .gw{--fangsong:"仿宋_GB2312","FangSong_GB2312","FangSong","仿宋","AR PL SungtiL GB","Noto Serif CJK SC",serif;
        --kaiti:"楷体_GB2312","KaiTi_GB2312","KaiTi","楷体","AR PL KaitiM GB",serif;
        --heiti:"黑体","SimHei","Noto Sans CJK SC",sans-serif;
        --biaosong:"方正小标宋简体","FZXiaoBiaoSong-B05S","FZXiaoBiaoSong-B05","Noto Serif CJK SC",serif;
        color:#000;background:#fff;font:400 16pt/29pt var(--fangsong);text-align:justify;line-break:strict;
        letter-spacing:-.21pt;font-variant-numeric:normal;overflow-wrap:break-word}
        .gw *{box-sizing:border-box}
        .gw p{margin:0;text-indent:2em;color:#000;font:inherit;max-width:none}
        .gw p.noi{text-indent:0}
        .gw a{color:#000;text-decoration:underline dotted .6pt;text-underline-offset:3pt}
        .gw-mark{padding-top:35mm;text-align:center;color:#e60012;font-family:var(--biaosong);font-weight:900;
        line-height:1;white-space:nowrap;letter-spacing:.04em;text-indent:.04em;print-color-adjust:exact}
        .gw-no{margin-top:58pt!important;text-align:center;text-indent:0!important}
        .gw-rule{border:0;border-top:.7mm solid #e60012;margin:4mm 0 0;print-color-adjust:exact;height:0;
        background:none}
        .gw h2.gw-title{font:700 22pt/34pt var(--biaosong);text-align:center;margin:58pt 0 29pt;color:#000;
        letter-spacing:0;padding:0;border:0}
        .gw h3,.gw h4,.gw h5,.gw h6{font:400 16pt/29pt var(--heiti);text-indent:2em;margin:0;color:#000;padding:0;
        border:0;break-after:avoid;letter-spacing:0}
        .gw h4{font-family:var(--kaiti)} .gw h5,.gw h6{font-family:var(--fangsong)}
        .gw .kai{font-family:var(--kaiti)}
        .gw p,.gw li{orphans:2;widows:2}
        .gw figure{margin:6pt 0;break-inside:avoid;text-align:center}
        .gw figcaption,.gw caption{font:400 14pt/24pt var(--heiti);text-align:center;color:#000;caption-side:top;
        padding:0;break-after:avoid}
        .gw-chart{width:100%;height:auto;font-family:var(--fangsong);display:block}
        .gw table,.gw-end,.gw-chart{letter-spacing:0}
        .gw table{border-collapse:collapse;width:100%;table-layout:fixed;font:400 12pt/18pt var(--fangsong);
        margin:4pt 0 6pt;color:#000;background:none}
        .gw thead{display:table-header-group}
        .gw tr{break-inside:avoid;background:none}
        .gw thead tr,.gw tbody:has(+tfoot) tr:last-child{break-after:avoid}
        .gw td,.gw th{border:.25mm solid #000;padding:1pt 3pt;font-weight:400;text-align:center;vertical-align:middle;
        color:#000;font-size:12pt;line-height:18pt;background:none;white-space:normal;overflow-wrap:anywhere}
        .gw th,.gw tfoot td,.gw td b{font-family:var(--heiti);font-weight:400}
        .gw tfoot{display:table-row-group}
        .gw td.l{text-align:left} .gw td.r{text-align:right;font-variant-numeric:tabular-nums}
        .gw p.gw-note{font-size:12pt;line-height:20pt;text-indent:0}
        .gw-last{break-inside:avoid}
        .gw-sign{margin-top:29pt}
        .gw-sign p{text-indent:0;text-align:right}
        .gw-foot{display:flex;gap:2em;justify-content:space-between;margin-top:29pt;break-inside:avoid}
        .gw-end{font-size:14pt;line-height:25pt;border-top:.35mm solid #000;border-bottom:.35mm solid #000;
        margin-top:58pt;break-inside:avoid}
        .gw-end div{padding:1pt 1em;display:flex;justify-content:space-between;gap:1em}
        .gw-end div+div{border-top:.25mm solid #000}
        .gw-caution{border:.35mm dashed #000;text-align:center;font:400 12pt/20pt var(--heiti);padding:2pt;
        margin:0 0 6pt}
        .gw-hand{border-bottom:.4pt dashed #000}
        .gw.plain .gw-mark{padding-top:0;color:#000;font-weight:700;line-height:44pt}
        .gw-masthead{display:flex;justify-content:space-between;border-bottom:.7mm solid #000;padding:12pt 1em 4pt;
        font-size:14pt;line-height:22pt;gap:1em} .gw-masthead span:last-child{white-space:nowrap}
        .gw.plain h2.gw-title{margin:22pt 0 14pt}
        .gw.letter .gw-mark{padding-top:0;margin-top:-7mm;font-weight:700}
        .gw.letter .gw-rule{border-top:1.1mm solid #e60012;border-bottom:.35mm solid #e60012;height:2mm;
        margin:4mm -7mm 0}
        .gw.letter .gw-no{text-align:right!important;margin-top:8pt!important}
        .gw.letter h2.gw-title{margin-top:29pt}
        """#

    /// On a page of ours: the sheet.
    public static let screen = #"""
        .gw{width:210mm;max-width:100%;padding:37mm 26mm 35mm 28mm;margin:0 auto;box-shadow:0 1px 6px #0003}
        .gw h3{scroll-margin-top:72px}
        .gw h3:target{background:#fff3bf}
        @media (max-width:800px){.gw{padding:20px 16px;font-size:17px;line-height:1.7}
        .gw-mark{padding-top:0;font-size:26px!important;white-space:normal}
        .gw h2.gw-title{font-size:22px;line-height:1.5;margin:24px 0}
        .gw .gw-scroll{overflow-x:auto} .gw .gw-scroll table{min-width:640px}}
        """#

    /// For printing: pages, their numbers at the outer side, 7 mm under the type area. On a screen the caution stands
    /// beside the text, where it moves nothing that is measured for the foot.
    static func page(isLetter: Bool, caution: String?) -> String {
        let number = "content:\"— \" counter(page) \" —\";font:14pt/1 \(songti);vertical-align:top;padding-top:7mm"
        let notice = caution.map { text in
            let safe = Markup.escaped(text).filter { $0 != "\\" && $0 != "\n" }
            return "@page{@top-center{content:\"\(safe)\";font:10pt \(songti);vertical-align:bottom;"
                + "padding-bottom:8mm}}"
        }
        return """
            @page{size:210mm 297mm;margin:37mm 26mm 34.9mm 28mm}
            @page :right{@bottom-right{\(number);padding-right:14pt;text-align:right}}
            @page :left{@bottom-left{\(number);padding-left:14pt;text-align:left}}
            \(isLetter ? letter : "")
            \(notice ?? "")
            html,body{margin:0;padding:0;background:#fff}
            .gw{width:156mm}
            .gw-caution{position:fixed;top:4mm;right:4mm;margin:0}
            @media print{.gw-caution{display:none}}
            """
    }

    /// The mark's upper edge is 30 mm from the paper's; the first page has no number.
    private static let letter = """
        @page :first{margin-top:30mm;@bottom-right{content:none}@bottom-left{content:none}}
        .gw.letter .gw-mark{margin-top:0}
        """

    /// Puts the 版记 at the foot of the last page. Columns of the page's height break where pages do, so what is left is
    /// measured there. Columns do not repeat a table's header rows as pages do: they are put in by hand first.
    /// A header row never stands alone at the foot of a page.
    static let footScript = """
        (function(){var g=document.querySelector('.gw');if(!g)return;var e=g.querySelector('.gw-end');
        var mm=96/25.4,h=225.1*mm,put=[];
        function left(n){return Math.round(n.getBoundingClientRect().left)}
        g.style.cssText='column-width:'+156*mm+'px;column-gap:50px;column-fill:auto;height:'+h+'px;width:'+156*mm+'px';
        if(e)e.style.marginTop='0';
        g.querySelectorAll('table').forEach(function(t){var head=t.tHead,at=null;if(!head)return;
        head.style.display='table-row-group';
        [].slice.call(t.querySelectorAll('tbody tr,tfoot tr')).forEach(function(r,n){
        var x=left(r);
        if(n==0&&x>left(head.rows[0])){t.parentNode.style.breakBefore='column';put.push(t.parentNode);x=left(r)}
        else if(at!==null&&x>at){[].forEach.call(head.rows,function(k,i){var c=k.cloneNode(true);
        if(i==0){c.style.breakBefore='column';put.push(c)}r.parentNode.insertBefore(c,r)});
        x=left(r)}
        at=x})});
        var gap=0;if(e)gap=h-(e.getBoundingClientRect().top-g.getBoundingClientRect().top)-e.offsetHeight-2;
        g.style.cssText='';put.forEach(function(c){c.style.breakBefore='page'});
        if(e){var d=document.createElement('div');d.style.height=Math.max(0,gap)+'px';
        e.parentNode.insertBefore(d,e)}})()
        """
}
